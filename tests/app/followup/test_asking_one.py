"""A partner says that a report is resolved: the person is asked, and what they say decides."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.database import transaction
from app.followup import asking_one
from app.inbox.acts import change_status
from app.reports.models import Event
from app.viewer import MIGRATION, WORKER, Viewer, acting_as
from tests.app.followup.test_reminding import remind_now
from tests.app.outbox.working import jobs_waiting
from tests.builders.cases import a_case, agree, ask_now, move, questions, time_passes
from tests.builders.gaps import a_gap
from tests.builders.reports import a_number, say
from tests.builders.stored import events, messages_out, reports
from tests.conftest import Database

WEEK = timedelta(days=7, minutes=1)
LEAD = Viewer("partner_lead", name="Ana", partner="cedc", entry_points=frozenset({"ke-health"}))
WAY = ("acknowledged", "in_follow_up", "resolved")


def resolve() -> None:
    """Take the one report through to where it is said to be resolved, and run the job."""
    (report,) = reports()
    for status in WAY if report.status == "new" else WAY[1:]:
        with acting_as(LEAD), transaction() as session:
            change_status(session, report.reference, uuid.uuid4(), reports()[0].status, status, "")
    ask()


def ask() -> None:
    change = [event for event in events() if event.kind == "status"][-1]
    with acting_as(WORKER):
        asking_one.ask_about(report=str(reports()[0].id), change=change.id)


def said() -> list[str]:
    reference = reports()[0].reference
    wanted = ("was_it_solved", "reminder", "update")
    return [m.body.replace(reference, "REF") for m in messages_out() if m.purpose in wanted][2:]


ASKED = "REF: was it solved? Reply 1 yes, 2 no, 3 partly. For no more messages: STOP"


@pytest.fixture
def sender(app: Flask) -> str:
    number = a_number("KE")
    say("no drugs at the dispensary in Busia", "KE", sender=number)
    agree(number)
    return number


def test_who_agreed_is_asked_and_nobody_twice(sender: str, database: Database) -> None:
    resolve()
    assert said() == [ASKED]
    ask()
    assert said() == [ASKED]
    assert jobs_waiting(database, "followup.ask_about") == 1


def test_who_did_not_agree_is_told_once(app: Flask) -> None:
    say("no drugs at the dispensary in Busia", "KE")
    resolve()
    ask()
    assert said() == ["REF: said to be solved. For no more messages: STOP"]
    assert questions() == []


@pytest.mark.parametrize(
    ("answer", "status"),
    [("1", "confirmed"), ("ndiyo", "confirmed"), ("2", "reopened"), ("hapana", "reopened"), ("3", "reopened")],
)
def test_what_the_person_says_decides(sender: str, answer: str, status: str) -> None:
    resolve()
    say(answer, "KE", sender=sender)
    (report,) = reports()
    assert report.status == status
    assert [m.purpose for m in messages_out() if m.report_id == report.id][-1] == "update"


def test_who_says_no_is_asked_again_when_it_is_said_to_be_resolved_again(sender: str) -> None:
    resolve()
    say("2", "KE", sender=sender)
    resolve()
    assert len(questions()) == 2
    say("1", "KE", sender=sender)
    assert reports()[0].status == "confirmed"


def test_who_does_not_answer_is_reminded_once_and_then_it_is_unconfirmed(sender: str) -> None:
    resolve()
    for _ in range(3):
        time_passes(WEEK)
        remind_now()
    assert reports()[0].status == "unconfirmed"
    assert said()[-1] == "REF: closed without your answer. For no more messages: STOP"
    assert len([m for m in messages_out() if m.purpose == "reminder"]) == 1


@pytest.mark.parametrize("settled", ["confirmed", "unconfirmed"])
def test_a_week_after_that_it_is_closed_and_nobody_is_texted(sender: str, settled: str) -> None:
    resolve()
    if settled == "confirmed":
        say("1", "KE", sender=sender)
    else:
        for _ in range(2):
            time_passes(WEEK)
            remind_now()
    before = len(messages_out())
    close_now()
    assert reports()[0].status == settled
    with acting_as(MIGRATION), transaction() as session:
        session.execute(update(Event).values(at=Event.at - WEEK))
    close_now()
    assert reports()[0].status == "closed"
    assert len(messages_out()) == before


def close_now() -> None:
    with acting_as(WORKER):
        asking_one.close_settled(timestamp=0)


def test_a_case_that_asks_takes_the_question_over(app: Flask) -> None:
    sender = a_number("ZA")
    case = a_case(a_gap(senders=(sender,)), state="fixed_claimed")
    agree(sender)
    (report,) = reports()
    with acting_as(MIGRATION), transaction() as session:
        session.merge(report).status = "resolved"
        session.add(Event(report_id=report.id, kind="status", by="afesis", detail={}))
    ask()
    move(case, "verifying")
    ask_now(case)
    assert [question.case_id for question in questions() if question.closed_at is None] == [case.id]
    ask()
    assert len(questions()) == 2
