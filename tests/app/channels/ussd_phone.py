"""A telephone on a USSD channel: it keeps the path of answers as Africa's Talking does."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.database import transaction
from app.directory.channels import Channel
from app.intake.receive import identify
from app.viewer import INTAKE, acting_as
from tests.builders.reports import a_number
from tests.builders.webhooks import the_channel
from tests.sms.ussd.screen import assert_fits


def ussd_channel(country: str = "KE") -> Channel:
    prefix = "http" if country in ("SN", "IN", "ID") else "at"
    return the_channel(f"{prefix}-ussd-{country.lower()}")


def speaks(number: str, language: str, country: str = "KE") -> str:
    """Somebody who chose a language before; returns the number."""
    with acting_as(INTAKE), transaction() as session:
        contact = identify(session, ussd_channel(country), number).contact
        assert contact
        contact.language = language
    return number


def ussd_form(session_id: str, number: str, text: str, **changes: str) -> dict[str, str]:
    form = {
        "sessionId": session_id,
        "serviceCode": "*384*35711#",
        "phoneNumber": number,
        "networkCode": "63902",
        "text": text,
    }
    return {**form, **changes}


@dataclass
class Phone:
    """Dials, answers, hangs up. `screen` is what it shows, `CON ` or `END ` included."""

    client: FlaskClient
    number: str = field(default_factory=a_number)
    country: str = "KE"
    session_id: str = ""
    path: str = ""
    screen: str = ""

    @property
    def channel(self) -> Channel:
        return ussd_channel(self.country)

    @property
    def has_ended(self) -> bool:
        return self.screen.startswith("END ")

    def dial(self, along: str = "") -> str:
        """A new session, perhaps with answers dialled along."""
        self.session_id, self.path = f"ATUid_{uuid.uuid4().hex}", along
        return self.repeat()

    def answer(self, *texts: str) -> str:
        for text in texts:
            self.path = f"{self.path}*{text}" if self.path else text
            self.repeat()
        return self.screen

    def repeat(self) -> str:
        """Post the newest request, again or for the first time."""
        answer = self.post(self.path)
        assert (answer.status_code, answer.mimetype) == (200, "text/plain"), answer.text
        assert answer.text[:4] in ("CON ", "END ")
        assert_fits(answer.text[4:])
        self.screen = answer.text
        return self.screen

    def post(self, text: str, **changes: str) -> TestResponse:
        form = ussd_form(self.session_id, self.number, text, **changes)
        return self.client.post(self.channel.path("inbound"), data=form)

    def hang_up(self, status: str = "Incomplete") -> TestResponse:
        form = {
            "date": "2026-11-20 07:04:45",
            "sessionId": self.session_id,
            "serviceCode": "*384*35711#",
            "networkCode": "63902",
            "phoneNumber": self.number,
            "status": status,
            "cost": "0.10",
            "durationInMillis": "30000",
            "hopsCount": "3",
            "lastAppResponse": self.screen,
            "errorMessage": "",
        }
        return self.client.post(self.channel.path("end"), data=form)


def a_speaker(client: FlaskClient, language: str = "en", country: str = "KE") -> Phone:
    """A telephone whose owner was asked for the language before."""
    return Phone(client, speaks(a_number(country), language, country), country)
