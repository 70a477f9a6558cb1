"""The whole way of a report in the main language of each country: by text message, by WhatsApp, and by dialling.

Each step is said in that language: acknowledgment, notice, state, consent, whether it was solved, the last word.
"""

from __future__ import annotations

import uuid
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.conversation.consent import AGREED, MAY_WE_ASK
from app.conversation.menu.wording import RECORDED
from app.conversation.models import MenuSession
from app.database import transaction
from app.followup import asking_one
from app.followup.wording import WAS_IT_SOLVED
from app.inbox.acts import change_status
from app.language import say
from app.outbox import wording
from app.reports.models import Report
from app.viewer import WORKER, Viewer, acting_as
from tests.app.channels.ussd_phone import Phone
from tests.app.conversation.menu_worlds import directory
from tests.builders.reports import a_number
from tests.builders.stored import all_messages_out, events, reports, rows
from tests.builders.webhooks import signature, the_channel, twilio_form

MAIN = {
    "GH": ("ak", "my name was not on the list for the fertilizer coupon", "gh-agriculture"),
    "IN": ("hi", "हाथ से मैला उठाना पड़ता है कानपुर में", "in-water-sanitation"),
    "ID": ("id", "SOLAR HABIS TERUS DI TAMBAK LOROK SEMARANG", "id-fishing"),
    "KE": ("sw", "Dawa za malaria zimeisha huku Butula", "ke-health"),
    "NG": ("ha", "babu ruwa a asibitin Dutse", "ng-health"),
    "SN": ("wo", "Ndox mu salte mi mingi daw ci mbedd mi Thiaroye", "sn-water-sanitation"),
    "ZA": ("zu", "asinawo amanzi eMdantsane iveki yonke", "za-water-sanitation"),
}
each_country = pytest.mark.parametrize("country", MAIN)
WAY = ("new", "acknowledged", "in_follow_up", "resolved")


def text(client: FlaskClient, kind: str, country: str, sender: str, body: str) -> None:
    channel = the_channel(f"twilio-{kind}-{country.lower()}")
    prefix = "whatsapp:" if kind == "whatsapp" else ""
    form = twilio_form(From=prefix + sender, To=prefix + channel.address, Body=body)
    path = channel.path("inbound")
    headers = {"X-Twilio-Signature": signature(channel, path, form)}
    assert client.post(path, data=form, headers=headers).status_code == 200


def resolve(report: Report) -> None:
    entry_points = frozenset({report.entry_point or ""})
    lead = Viewer("partner_lead", name="Ana", partner=report.partner, entry_points=entry_points)
    for was, to in pairwise(WAY):
        with acting_as(lead), transaction() as session:
            change_status(session, report.reference, uuid.uuid4(), was, to, "")
    with acting_as(WORKER):
        asking_one.ask_about(report=str(report.id), change=events()[-1].id)


def said() -> set[str]:
    return {message.body for message in all_messages_out()}


@each_country
@pytest.mark.parametrize("kind", ["sms", "whatsapp"])
def test_from_the_first_message_to_the_confirmed_fix(client: FlaskClient, kind: str, country: str) -> None:
    (language, matter, entry_point), sender = MAIN[country], a_number(country)
    for body in (f"LANGUAGE {language}", matter):
        text(client, kind, country, sender, body)
    (report,) = reports()
    assert (report.entry_point, report.language, report.channel) == (entry_point, language, kind)
    reference = report.reference
    assert {wording.acknowledgment(language, reference), say(language, wording.NOTICE)} <= said()
    text(client, kind, country, sender, f"STATUS {reference}")
    text(client, kind, country, sender, "1")
    answered = {wording.state(language, reference, "new"), say(language, MAY_WE_ASK), say(language, AGREED)}
    assert answered <= said()
    resolve(report)
    assert say(language, WAS_IT_SOLVED, reference=reference) in said()
    text(client, kind, country, sender, "1")
    assert [one.status for one in reports()] == ["confirmed"]
    assert wording.update(language, reference, "confirmed") in said()
    assert {message.channel for message in all_messages_out()} == {f"twilio-{kind}-{country.lower()}"}


@each_country
def test_from_dialling_to_a_reference(app: Flask, client: FlaskClient, country: str) -> None:
    language = MAIN[country][0]
    phone = Phone(client, a_number(country), country)
    phone.dial()
    choice = directory().country(country).languages.index(language) + 1
    phone.answer(str(choice))
    place = directory().areas_of(country)[0].name
    answers = {"place": place, "which": "1", "words": "xyz"}
    for _ in range(7):
        if phone.has_ended:
            break
        phone.answer(answers.get(rows(MenuSession)[0].step, "1"))
    (report,) = reports()
    assert (report.language, report.channel, report.country) == (language, "ussd", country)
    assert say(language, RECORDED, reference=report.reference) in phone.screen
    assert wording.acknowledgment(language, report.reference) in said()
