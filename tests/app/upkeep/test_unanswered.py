"""What somebody said before a question that they never answered is not lost."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import update

from app.database import transaction
from app.intake.receive import identify
from app.reports.models import OpenQuestion
from app.upkeep import WAIT_FOR_ANSWER, file_unanswered_questions
from app.viewer import INTAKE, WORKER, acting_as
from tests.app.outbox.aside import aside
from tests.builders.messages import Carrier, deliver_now, state_of
from tests.builders.reports import a_number, say
from tests.builders.stored import messages_in, messages_out, reports, rows
from tests.builders.webhooks import the_channel

DAY = timedelta(hours=24)
UNCLEAR = "please help us, nobody listens"


def asked(ago: timedelta, sender: str | None = None, text: str = UNCLEAR) -> None:
    """Somebody said something unclear, and was asked about it so long ago."""
    say(text, sender=sender)
    with acting_as(WORKER), transaction() as session:
        session.execute(update(OpenQuestion).values(asked_at=OpenQuestion.asked_at - ago))


def look_after() -> None:
    with acting_as(WORKER):
        file_unanswered_questions(timestamp=0)


def test_a_person_has_a_whole_day_to_answer(app: Flask) -> None:
    assert WAIT_FOR_ANSWER == DAY
    asked(DAY - timedelta(minutes=1))
    look_after()
    assert reports() == []
    assert len(rows(OpenQuestion)) == 1


def test_after_a_day_it_is_filed_at_the_desk_as_incomplete_and_acknowledged(app: Flask, carrier: Carrier) -> None:
    asked(DAY + timedelta(seconds=1))
    look_after()
    (report,) = reports()
    assert (report.partner, report.entry_point, report.sector) == ("ke-desk", None, "other")
    assert "incomplete" in report.flags
    assert [message.report_id for message in messages_in()] == [report.id]
    acknowledgment = messages_out()[-1]
    assert (acknowledgment.purpose, acknowledgment.report_id) == ("acknowledgment", report.id)
    assert deliver_now(acknowledgment) is None
    assert state_of(acknowledgment) == "sent"
    assert report.reference in carrier.bodies[0]


def test_of_a_question_about_the_place_the_rest_is_known(app: Flask) -> None:
    asked(DAY * 2, text="no drugs in Busia and Baringo")
    look_after()
    assert [(report.entry_point, report.area, report.flags) for report in reports()] == [("ke-health", None, [])]


def test_it_is_filed_once_however_often_it_is_looked_for(app: Flask) -> None:
    asked(DAY * 2)
    for _ in range(3):
        look_after()
    assert (len(reports()), rows(OpenQuestion)) == (1, [])


def test_both_messages_of_somebody_who_was_asked_twice_are_in_the_report(app: Flask) -> None:
    sender = a_number()
    say(UNCLEAR, sender=sender)
    asked(DAY * 2, sender)
    look_after()
    (report,) = reports()
    assert [message.report_id for message in messages_in()] == [report.id] * 2


def test_a_word_after_that_begins_something_new(app: Flask) -> None:
    sender = a_number()
    asked(DAY * 2, sender)
    look_after()
    say("no drugs at the dispensary", sender=sender)
    assert [report.partner for report in reports()] == ["ke-desk", "cedc"]


def test_an_answer_that_is_being_taken_in_at_that_moment_is_not_overtaken(app: Flask) -> None:
    """Both would file the same words; the person's own answer goes first."""
    sender, held, commit = a_number(), Event(), Event()
    asked(DAY * 2, sender)

    def answering() -> None:
        with acting_as(INTAKE):
            channel = the_channel("twilio-sms-ke")
            with transaction() as session:
                identify(session, channel, sender)
                held.set()
                assert commit.wait(5)

    with aside(app, answering) as answer:
        assert held.wait(5)
        look_after()
        assert reports() == []
        commit.set()
        assert answer.result(5) is None
    look_after()
    assert len(reports()) == 1


def test_more_than_fit_at_once_are_filed_the_next_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.upkeep.AT_ONCE", 2)
    for _ in range(3):
        asked(DAY * 2)
    look_after()
    assert len(reports()) == 2
    look_after()
    assert len(reports()) == 3
