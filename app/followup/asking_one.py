"""Was it solved? Asked about one report, when those who work on it say so; and the end of what was answered.

Who agreed to be asked gets the question, anybody else word of the new status: it is the worker who knows which. A
case asks about all of its reports itself (`asking`).
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from app.database import transaction
from app.deadlines.steps import reach
from app.followup.asking import PURPOSE, send_question
from app.followup.models import FixQuestion
from app.followup.wording import WAS_IT_SOLVED
from app.outbox.queueing import news, tell_status
from app.outbox.telling_all import is_told
from app.queue import jobs, put
from app.reports.consents import who_agreed
from app.reports.merged import voices
from app.reports.models import Event, Report
from app.reports.timeline import record

CLOSE_AFTER = timedelta(days=7)
"""How long a report that was confirmed, or never was, can still be opened again by hand."""

AT_ONCE = 500


def ask_later(session: Session, report: Report, change: Event) -> None:
    """Have the person asked, or told, that this change says their report is resolved."""
    session.flush()
    put(session, news(ask_about, report, change))


@jobs.task(name="followup.ask_about")
def ask_about(report: str, change: int) -> None:
    """Ask the people behind this report and those merged into it, or tell them. Doing so twice asks and tells
    nobody twice."""
    with transaction() as session:
        found = session.get(Report, uuid.UUID(report), with_for_update=True)
        said = session.get(Event, change)
        if found is None or said is None or found.status != "resolved":
            return
        for own in voices(session, found):
            _ask_or_tell(session, own, found, said)


@jobs.periodic(cron="41 4 * * *")
@jobs.task(name="followup.close_settled", queueing_lock="followup.close_settled")
def close_settled(**_due: int) -> None:
    """Close what was confirmed, or could not be, a week ago. Nobody is texted for that: they know."""
    with transaction() as session:
        lately = exists().where(
            Event.report_id == Report.id,
            Event.kind == "status",
            Event.at > datetime.now(UTC) - CLOSE_AFTER,
        )
        settled = select(Report).where(Report.status.in_(("confirmed", "unconfirmed")), ~lately)
        for report in session.scalars(settled.limit(AT_ONCE).with_for_update(skip_locked=True)).all():
            record(session, report, "status", old=report.status, new="closed", reason="")
            reach(report, "closed")


def _ask_or_tell(session: Session, own: Report, report: Report, said: Event) -> None:
    """`own` is the person's, `report` the one that is followed up."""
    if _is_asked(session, own, report):
        return
    if _may_be_asked(session, own):
        _ask(session, own, report)
    elif not is_told(session, own, said):
        tell_status(session, own, "resolved", str(said.id))


def _ask(session: Session, own: Report, report: Report) -> None:
    question = FixQuestion(id=uuid.uuid4(), round=0, contact_id=own.contact_id, report_id=own.id, about=[report.id])
    session.add(question)
    send_question(session, own, question, PURPOSE, WAS_IT_SOLVED)


def _is_asked(session: Session, own: Report, report: Report) -> bool:
    """Whether they have a question about the report before them, perhaps a case's."""
    theirs = and_(FixQuestion.contact_id == own.contact_id, FixQuestion.about.contains([report.id]))
    waiting = select(FixQuestion.id).where(FixQuestion.closed_at.is_(None), theirs)
    return session.scalars(waiting.limit(1)).one_or_none() is not None


def _may_be_asked(session: Session, report: Report) -> bool:
    contact = report.contact_id
    return contact is not None and report.answerable and bool(who_agreed(session, [contact], "contact_again"))
