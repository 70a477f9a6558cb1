"""What reports nothing is never filed: it gets one short answer that says what this number is for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.conversation.text import hear
from app.database import transaction
from app.outbox.wording import NOTHING_UNDERSTOOD
from app.viewer import INTAKE, acting_as
from sms.message import Media
from tests.builders.messages import Carrier, deliver_now
from tests.builders.reports import a_number, an_incoming, say
from tests.builders.stored import messages_in, messages_out, reports

A_PICTURE = Media("https://api.twilio.com/media", "image/jpeg")


@pytest.mark.parametrize("text", ["hello", "Habari yako", "1", "thank you", "?", "", "who is this", "no"])
def test_it_is_kept_answered_and_not_filed(app: Flask, text: str) -> None:
    say(text)
    assert [message.body for message in messages_out()] == [NOTHING_UNDERSTOOD]
    assert len(messages_in()) == 1
    assert reports() == []


def test_two_machines_do_not_greet_each_other_for_ever(app: Flask, carrier: Carrier) -> None:
    sender = a_number()
    for _ in range(5):
        say("hello", sender=sender)
    for message in messages_out():
        deliver_now(message)
    assert carrier.bodies == [NOTHING_UNDERSTOOD]


@pytest.mark.parametrize("text", ["", "hello", "HELP"])
def test_a_picture_always_reports_something(app: Flask, text: str) -> None:
    with acting_as(INTAKE), transaction() as session:
        hear(session, replace(an_incoming(text), media=(A_PICTURE,)))
    assert [message.purpose for message in messages_out()] == ["question"]


def test_a_name_that_sends_noise_is_not_answered(app: Flask) -> None:
    say("hello", sender="MTN")
    assert (reports(), messages_out()) == ([], [])


def test_a_thank_you_while_a_question_is_open_costs_nothing_that_was_said(app: Flask) -> None:
    sender = a_number()
    say("please help us, nobody listens", sender=sender)
    say("thank you", sender=sender)
    say("2", sender=sender)
    assert [report.entry_point for report in reports()] == ["ke-water-sanitation"]
