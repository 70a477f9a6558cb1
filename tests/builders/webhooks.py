"""Requests as providers make them, signed or with the path's secret."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from app.directory.channels import Channel
from app.directory.current import channel_named
from app.viewer import INTAKE, acting_as
from tests.builders.reports import a_number

PUBLIC_URL = "https://gapline.test"


def the_channel(slug: str) -> Channel:
    with acting_as(INTAKE):
        return channel_named(slug)


def twilio_form(**changes: str) -> dict[str, str]:
    """An inbound message as Twilio posts it, from a Kenyan number that no other test uses."""
    sid = f"SM{uuid.uuid4().hex}"
    form = {
        "MessageSid": sid,
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "AccountSid": "AC" + "0" * 32,
        "From": a_number("KE"),
        "To": "+254200000001",
        "Body": "no drugs at the dispensary",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
    }
    return {**form, **changes}


def africastalking_form(**changes: str) -> dict[str, str]:
    """An inbound message as Africa's Talking posts it."""
    form = {
        "id": uuid.uuid4().hex,
        "linkId": "",
        "from": a_number("KE"),
        "to": "22384",
        "text": "no drugs at the dispensary",
        "date": "2026-11-20T07:04:45Z",
        "networkCode": "63902",
    }
    return {**form, **changes}


def signature(channel: Channel, path: str, form: Mapping[str, str]) -> str:
    return RequestValidator(channel.secret).compute_signature(PUBLIC_URL + path, form)


def from_twilio(
    client: FlaskClient, form: Mapping[str, str], action: str = "inbound", country: str = "ke", query: str = ""
) -> TestResponse:
    """Post this form as Twilio does, with its signature."""
    channel = the_channel(f"twilio-sms-{country}")
    path = channel.path(action) + query
    return client.post(path, data=form, headers={"X-Twilio-Signature": signature(channel, path, form)})


def from_africastalking(
    client: FlaskClient, form: Mapping[str, str], action: str = "inbound", country: str = "ke"
) -> TestResponse:
    """Post this form as Africa's Talking does, to the secret path."""
    return client.post(the_channel(f"at-sms-{country}").path(action), data=form)
