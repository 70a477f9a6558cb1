"""A text message becomes a report at the right partner, once, and is acknowledged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.database import db
from tests.builders.reports import a_number
from tests.builders.stored import events, messages_in, messages_out, reports
from tests.builders.webhooks import (
    africastalking_form,
    from_africastalking,
    from_twilio,
    signature,
    the_channel,
    twilio_form,
)

STATEMENTS = 6
"""Contact, message, open question, report with all that belongs to it, acknowledgment, and its job."""


def test_a_message_through_twilio_is_filed_with_its_partner_and_acknowledged(client: FlaskClient) -> None:
    answer = from_twilio(client, twilio_form(Body="Dispensary has no drugs, Busia"))
    (report,), (message,) = reports(), messages_out()
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert (report.entry_point, report.partner, report.area) == ("ke-health", "cedc", "KE-04")
    assert (report.channel, report.status, report.flags) == ("sms", "new", [])
    assert message.purpose == "acknowledgment"
    assert report.reference in message.body


def test_a_message_through_africas_talking_is_filed_and_acknowledged(client: FlaskClient) -> None:
    answer = from_africastalking(client, africastalking_form())
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert [report.entry_point for report in reports()] == ["ke-health"]
    assert [message.channel for message in messages_out()] == ["at-sms-ke"]


def test_the_words_are_kept_as_they_were_written(client: FlaskClient) -> None:
    text = "Zahanati HAINA dawa!!!  \n💊 wiki ya 3…"
    from_twilio(client, twilio_form(Body=text))
    assert [message.body for message in messages_in()] == [text]


def test_ten_identical_webhooks_at_once_make_one_report_and_one_acknowledgment(app: Flask) -> None:
    channel, form = the_channel("twilio-sms-ke"), twilio_form()
    path = channel.path("inbound")
    headers = {"X-Twilio-Signature": signature(channel, path, form)}

    def deliver(_: int) -> int:
        return app.test_client().post(path, data=form, headers=headers).status_code

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(deliver, range(10)))
    assert answers == [200] * 10
    assert [len(found()) for found in (reports, messages_in, messages_out)] == [1, 1, 1]


def test_the_same_id_two_minutes_later_changes_nothing(client: FlaskClient) -> None:
    form = africastalking_form()
    from_africastalking(client, form)
    assert from_africastalking(client, form | {"date": "2026-11-20 07:06:45"}).status_code == 200
    assert len(reports()) == len(messages_out()) == 1


def test_two_ids_with_the_same_text_are_two_messages(client: FlaskClient) -> None:
    sender = a_number()
    for _ in range(2):
        from_twilio(client, twilio_form(From=sender))
    assert len(reports()) == 2


def test_the_same_id_at_two_channels_is_two_messages(client: FlaskClient) -> None:
    sid = twilio_form()["MessageSid"]
    from_twilio(client, twilio_form(MessageSid=sid))
    from_twilio(client, twilio_form(MessageSid=sid, Body="no fertilizer", To="+233300000001"), country="gh")
    assert sorted(report.country for report in reports()) == ["GH", "KE"]


@pytest.mark.parametrize("sender", ["MTN", "40404", "+442071838750", "+254200000001"])
def test_who_cannot_or_must_not_be_answered_is_heard_all_the_same(client: FlaskClient, sender: str) -> None:
    """A name, a short code, a number outside the countries we serve, and our own number."""
    assert from_twilio(client, twilio_form(From=sender)).status_code == 200
    assert [report.entry_point for report in reports()] == ["ke-health"]
    assert messages_out() == []


def test_filing_takes_few_statements(client: FlaskClient) -> None:
    from_twilio(client, twilio_form())  # reads the directory
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        from_twilio(client, twilio_form())
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    counted = [statement for statement in seen if "set_config" not in statement]
    assert len(counted) + 1 <= STATEMENTS, counted  # and one by the driver itself: the job


def test_the_timeline_begins_with_the_filing(client: FlaskClient) -> None:
    from_twilio(client, twilio_form())
    assert [(event.kind, event.by, event.detail["partner"]) for event in events()] == [("filed", "intake", "cedc")]


@pytest.mark.parametrize("callback", ["inbound", "receipts", "opt-out"])
def test_a_code_that_is_dialled_takes_no_text_message(client: FlaskClient, callback: str) -> None:
    dialled = the_channel("at-ussd-ke")
    path = f"/hooks/africastalking/{dialled.slug}/{dialled.secret}/{callback}"
    assert client.post(path, data=africastalking_form()).status_code == 404
    assert messages_in() == []
