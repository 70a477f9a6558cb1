"""A partner's words go out as text only where the person agreed to it, and never about a sensitive matter."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.database import transaction
from app.outbox.models import OutgoingMessage
from app.outbox.queueing import tell_answer
from app.reports.consents import Act, note
from app.reports.models import Answer, Report
from app.viewer import WORKER, acting_as
from tests.builders.messages import Carrier, deliver_now, stored
from tests.builders.reports import a_report, say
from tests.builders.stored import messages_out

WORDS = "Drugs come on Monday."


def says(report: Report, *acts: Act) -> None:
    """What this report's person said to getting answers as text."""
    with acting_as(WORKER), transaction() as session:
        for act in acts:
            assert report.contact_id
            note(session, report.contact_id, "answers_as_text", act, "twilio-sms-ke")


def an_answer_to(report: Report, **changes: object) -> OutgoingMessage:
    with acting_as(WORKER), transaction() as session:
        found = session.scalars(select(Report).where(Report.id == report.id)).one()
        for name, value in changes.items():
            setattr(found, name, value)
        answer = Answer(report=found, report_id=found.id, body=WORDS, by="cedc: lead")
        session.add(answer)
        message = tell_answer(session, found, answer)
    assert message is not None
    return message


def waits(report: Report) -> str:
    return f"You have an answer to {report.reference}. Reply READ"


@pytest.mark.parametrize("acts", [(), ("asked",), ("asked", "refused"), ("asked", "given", "withdrawn")])
def test_without_a_consent_only_word_of_it_goes_out(carrier: Carrier, acts: tuple[Act, ...]) -> None:
    report = a_report()
    says(report, *acts)
    deliver_now(an_answer_to(report))
    assert carrier.sent[-1].text == waits(report)


def test_with_a_consent_the_words_go_out_and_can_still_be_read_again(carrier: Carrier) -> None:
    report = a_report()
    says(report, "asked", "given")
    message = an_answer_to(report)
    deliver_now(message)
    assert carrier.sent[-1].text == f"{report.reference}: {WORDS}"
    assert (stored(message).purpose, stored(message).body) == ("answer", f"{report.reference}: {WORDS}")
    say("READ", sender=carrier.sent[-1].to)
    assert [one.body for one in messages_out() if one.purpose == "answer"] == [f"{report.reference}: {WORDS}"] * 2


def test_what_is_taken_back_before_it_leaves_does_not_leave(carrier: Carrier) -> None:
    report = a_report()
    says(report, "given")
    message = an_answer_to(report)
    says(report, "withdrawn")
    deliver_now(message)
    assert carrier.sent[-1].text == waits(report)


@pytest.mark.parametrize("changes", [{"flags": ["sensitive"]}, {"problem_type": "gh-mining/security-force-abuse"}])
def test_of_a_sensitive_matter_no_words_go_out(carrier: Carrier, changes: dict[str, object]) -> None:
    report = a_report()
    says(report, "given")
    deliver_now(an_answer_to(report, **changes))
    assert carrier.sent[-1].text == waits(report)
