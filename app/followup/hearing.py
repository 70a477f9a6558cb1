"""What people answer. Intake hears it and settles their reports; the case is moved by a job of the worker's."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.conversation.consent import languages_of
from app.database import transaction
from app.followup.facts import facts_of
from app.followup.models import Case, FixQuestion
from app.followup.settling import close_reports
from app.followup.states import IllegalMove, check_move
from app.followup.timeline import has_happened, record
from app.intake.incoming import Received
from app.queue import Job, jobs, put
from app.understanding.yes_or_no import read_verdict

AFTER = {"yes": "confirmed", "no": "reopened", "partly": "reopened"}
"""The status of a report after its reporter's answer: what is mended in part is not mended."""


def hear_answer(session: Session, received: Received, since: datetime | None) -> bool:
    """Whether this message answers a question of ours that was asked after `since`; then it is taken in.

    The newest question or reminder is meant, where several are open. Most messages are no verdict: then nothing is
    looked up.
    """
    contact, verdict = received.sender.contact, read_verdict(received.incoming.text, languages_of(received))
    question = _newest(session, contact.id, since) if contact and verdict else None
    if question is None or verdict is None:
        return False
    question.answer, question.closed_at = verdict, datetime.now(UTC)
    close_reports(session, question, AFTER[verdict], f"the person answered {verdict}")
    if question.case_id is not None:
        put(session, Job(heard, {"question": str(question.id)}))
    return True


@jobs.task(name="followup.heard")
def heard(question: str) -> None:
    """Write the answer on the case's timeline, and see whether the case is verified by it. Safe to repeat."""
    with transaction() as session:
        answered = session.get(FixQuestion, uuid.UUID(question))
        case = session.get(Case, answered.case_id, with_for_update=True) if answered else None
        if answered is None or case is None or has_happened(session, case, "question", question):
            return
        record(session, case, "heard", answer=answered.answer, round=answered.round, question=question)
        session.flush()
        _weigh(session, case)


def _weigh(session: Session, case: Case) -> None:
    """Move the case on where enough people have confirmed; only here is a case ever verified."""
    if case.state != "verifying":
        return
    facts = facts_of(session, case)
    try:
        check_move(facts, case.state, "verified", by="citizens")
    except IllegalMove:
        return
    record(session, case, "state", old=case.state, new="verified", yes=facts.yes, no=facts.no, partly=facts.partly)
    case.state = "verified"


def _newest(session: Session, contact_id: uuid.UUID, since: datetime | None) -> FixQuestion | None:
    said_at = func.coalesce(FixQuestion.reminded_at, FixQuestion.asked_at)
    mine = select(FixQuestion).where(FixQuestion.contact_id == contact_id, FixQuestion.closed_at.is_(None))
    if since is not None:
        mine = mine.where(said_at > since)
    return session.scalars(mine.order_by(said_at.desc()).limit(1).with_for_update()).one_or_none()
