"""What is kept and who reads it is said once to each number, after its first acknowledgment."""

from __future__ import annotations

import pytest
from flask import Flask

from app.outbox import queueing, wording
from tests.builders.reports import a_number, a_report, say
from tests.builders.stored import all_messages_out


def sent() -> list[tuple[str, str]]:
    return [(message.purpose, message.channel) for message in all_messages_out()]


ACKNOWLEDGED, NOTICED = ("acknowledgment", "twilio-sms-ke"), ("privacy_notice", "twilio-sms-ke")


def test_it_follows_the_first_acknowledgment_and_no_other(app: Flask) -> None:
    sender = a_number()
    for _ in range(2):
        a_report(sender=sender)
    assert sorted(sent()) == [ACKNOWLEDGED, ACKNOWLEDGED, NOTICED]
    assert [m.body for m in all_messages_out() if m.purpose == "privacy_notice"] == [wording.NOTICE]


def test_new_words_are_said_once_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sender = a_number()
    a_report(sender=sender)
    for module in ("app.outbox.queueing", "app.intake.filing"):
        monkeypatch.setattr(f"{module}.NOTICE", queueing.NOTICE + 1)
    for _ in range(2):
        a_report(sender=sender)
    assert sent().count(NOTICED) == 2


def test_who_cannot_be_answered_gets_none_until_they_can(app: Flask) -> None:
    sender = a_number()
    say("STOP", sender=sender)
    a_report(sender=sender)
    say("START", sender=sender)
    assert NOTICED not in sent()
    a_report(sender=sender)
    assert sent().count(NOTICED) == 1
