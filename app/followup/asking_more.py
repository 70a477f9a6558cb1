"""What is missing is asked for: one fixed question in the person's language, whose answer joins the report.

A person may be asked twice about one report, the questions before it was filed included (contracts, message table).
Whoever has been asked so often is only told that we need to know more: then somebody has to call, or read again.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.database import transaction
from app.directory.current import current_directory
from app.intake.incoming import Received
from app.language import say
from app.outbox import wording
from app.outbox.models import OutgoingMessage
from app.outbox.queueing import tell, tell_update
from app.queue import Job, jobs, put
from app.reports.marks import hear
from app.reports.models import Event, IncomingMessage, Report
from app.reports.timeline import record
from app.understanding.meaning import understand

ASKED, ANSWERED = "asked_more", "answered_more"
"""The events."""

MOST_QUESTIONS = 2
WAITS = timedelta(days=3)
"""Words that come later are about something else."""


def ask_for(session: Session, report: Report, what: str, **how: str) -> Event:
    """Note that we ask for this (a key of wording.MISSING), and have it sent."""
    asked = record(session, report, ASKED, what=what, **how)
    session.flush()
    put(session, Job(send, {"event": asked.id}))
    return asked


def times_asked(report: Report) -> int:
    """How often staff have asked about this report."""
    return sum(event.kind == ASKED for event in report.events)


@jobs.task(name="followup.ask_more")
def send(event: int) -> None:
    """Send the question that this line tells of, or only word of the status. Doing so twice sends nothing twice."""
    with transaction() as session:
        asked = session.get_one(Event, event)
        report = session.get_one(Report, asked.report_id, with_for_update=True)
        if _is_sent(session, report, asked):
            return
        if _questions(session, report) < MOST_QUESTIONS:
            body = say(report.language, wording.MISSING[asked.detail["what"]], reference=report.reference)
            tell(session, report, "question", str(asked.id), body)
        elif report.status == "needs_information":
            tell_update(session, report, asked)


def hear_more(session: Session, received: Received, since: datetime | None) -> bool:
    """Whether this message answers such a question that was asked after `since`; then it joins the report.

    Who has never written before was asked nothing: then nothing is looked up. What names a problem of another
    sector is another matter.
    """
    contact = received.sender.contact
    if contact is None or contact.first_seen == contact.last_seen:
        return False
    report = _waiting(session, received, max(filter(None, (since, datetime.now(UTC) - WAITS))))
    if report is None or _is_another_matter(received, report):
        return False
    session.get_one(IncomingMessage, received.message_id).report_id = report.id
    record(session, report, ANSWERED)
    hear(session, report)
    return True


def _waiting(session: Session, received: Received, since: datetime) -> Report | None:
    contact, channel = received.sender.contact, received.incoming.channel.slug
    mine = (
        select(Report)
        .join(Event, Event.report_id == Report.id)
        .where(
            Report.contact_id == (contact.id if contact else None),
            Report.status == "needs_information",
            Report.reply_channel == channel,
            Event.kind == ASKED,
            Event.at > since,
        )
    )
    return session.scalars(mine.order_by(Event.at.desc()).limit(1).with_for_update(of=Report)).one_or_none()


def _is_another_matter(received: Received, report: Report) -> bool:
    meaning = understand(received.incoming.text, report.country, current_directory())
    return meaning.problem_type is not None and meaning.sector != report.sector


def _is_sent(session: Session, report: Report, asked: Event) -> bool:
    keys = (f"question:{report.id}:{asked.id}", f"update:{report.id}:{asked.id}")
    same = select(OutgoingMessage.id).where(OutgoingMessage.key.in_(keys))
    return session.scalars(same.limit(1)).one_or_none() is not None


def _questions(session: Session, report: Report) -> int:
    """Asked about this report, and before it was filed about the words that became it."""
    begun = select(func.min(IncomingMessage.received_at)).where(IncomingMessage.report_id == report.id)
    before = and_(
        OutgoingMessage.report_id.is_(None),
        OutgoingMessage.created_at.between(begun.scalar_subquery(), report.created_at),
    )
    asked = select(func.count(OutgoingMessage.id)).where(
        OutgoingMessage.contact_id == report.contact_id,
        OutgoingMessage.purpose == "question",
        or_(OutgoingMessage.report_id == report.id, before),
    )
    return session.scalars(asked).one()
