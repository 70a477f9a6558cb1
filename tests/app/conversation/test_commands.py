"""STOP, START, HELP, STATUS and READ, as people type them."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.conversation.consent import MAY_WE_ASK
from app.database import transaction
from app.outbox.queueing import tell_answer
from app.reports.models import Answer, Contact, Report
from app.viewer import WORKER, acting_as
from tests.builders.reports import a_number, a_report, say
from tests.builders.stored import events, messages_out, reports, rows


@pytest.mark.parametrize("text", ["STOP", " stop. ", "'Stop!'", "stop pls", "acha", "please stop sending messages"])
def test_an_order_counts_in_any_words_when_nothing_else_is_said(app: Flask, text: str) -> None:
    say(text)
    assert [contact.stopped for contact in rows(Contact)] == [["twilio-sms-ke"]]
    assert reports() == []


@pytest.mark.parametrize("text", ["STOP 12345", "stop the mine", "Please stop the pollution", "no", "not at all"])
def test_a_stop_within_something_else_stops_nothing(app: Flask, text: str) -> None:
    say(text)
    assert [contact.stopped for contact in rows(Contact)] == [[]]


@pytest.mark.parametrize("text", ["help us with water", "read this: no drugs", "status of the borehole is broken"])
def test_a_report_that_begins_with_an_orders_word_is_a_report(app: Flask, text: str) -> None:
    say(text)
    assert len(reports()) == 1


def answered(report: Report, words: str) -> None:
    with acting_as(WORKER), transaction() as session:
        found = session.scalars(select(Report).where(Report.id == report.id)).one()
        answer = Answer(report=found, report_id=found.id, body=words, by="cedc: lead")
        session.add(answer)
        tell_answer(session, found, answer)


def replies() -> list[tuple[str, str]]:
    """What was sent, but for the question whether they may be asked again, which follows once."""
    return [(message.purpose, message.body) for message in messages_out() if message.body != MAY_WE_ASK]


def test_stop_silences_one_number_of_ours_and_start_takes_it_back(app: Flask) -> None:
    sender = a_number()
    say("STOP", sender=sender)
    say("STOP", sender=sender, channel="at-sms-ke")
    say("start", sender=sender)
    assert [contact.stopped for contact in rows(Contact)] == [["at-sms-ke"]]


def test_stop_is_answered_with_silence(app: Flask) -> None:
    say("STOP")
    assert messages_out() == []


def test_somebody_who_sent_stop_is_still_heard_but_not_asked(app: Flask) -> None:
    """The acknowledgment is queued; delivery finds the stop and sends nothing."""
    sender = a_number()
    say("STOP", sender=sender)
    say("please help us, nobody listens", sender=sender)
    assert [report.partner for report in reports()] == ["ke-desk"]
    assert "question" not in [message.purpose for message in messages_out()]


def test_help_is_answered(app: Flask) -> None:
    say("HELP")
    assert [(message.purpose, "STATUS" in message.body) for message in messages_out()] == [("fixed", True)]


def test_status_tells_the_reporter_a_state_and_nothing_else(app: Flask) -> None:
    sender = a_number()
    report = a_report("no drugs at the dispensary", sender=sender, status="in_follow_up")
    say(f"status {report.reference.lower().replace('-', ' ')}", sender=sender)
    assert replies()[-1] == ("state", f"{report.reference}: being followed up.")


def test_status_alone_tells_of_the_newest_report(app: Flask) -> None:
    sender = a_number()
    a_report(sender=sender)
    newest = a_report("the borehole is broken", sender=sender)
    say("STATUS", sender=sender)
    assert replies()[-1] == ("state", f"{newest.reference}: recorded, waiting for a person.")


def test_status_of_somebody_elses_report_reveals_nothing(app: Flask) -> None:
    report = a_report(status="in_follow_up")
    say(f"STATUS {report.reference}")
    assert messages_out()[-1].body == f"We find no report {report.reference} from this phone number."


def test_a_mistyped_reference_is_said_to_be_wrong(app: Flask) -> None:
    sender = a_number()
    report = a_report(sender=sender)
    wrong = report.reference[:-1] + ("A" if report.reference[-1] != "A" else "B")
    say(f"STATUS {wrong}", sender=sender)
    assert messages_out()[-1].body.startswith("This reference is not right.")


def test_read_hands_over_the_partners_words_once_asked_for(app: Flask) -> None:
    sender = a_number()
    report = a_report(sender=sender)
    answered(report, "The county will deliver on Monday.")
    assert "Monday" not in messages_out()[-1].body
    say("READ", sender=sender)
    assert replies()[-1] == ("answer", f"{report.reference}: The county will deliver on Monday.")
    assert [event.kind for event in events()] == ["filed", "answer_read"]


def test_read_again_repeats_the_last_answer_because_texts_get_lost(app: Flask) -> None:
    sender = a_number()
    answered(a_report(sender=sender), "Come on Monday.")
    for _ in range(2):
        say("READ", sender=sender)
    assert [purpose for purpose, _body in replies()][-2:] == ["answer", "answer"]


def test_nobody_reads_another_persons_answer(app: Flask) -> None:
    answered(a_report(), "The county will deliver on Monday.")
    say("READ")
    assert messages_out()[-1].body == "No answer is waiting for you."
