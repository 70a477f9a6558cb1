"""What becomes of reports when somebody who was asked about them has answered, or has not.

Where reports were merged, several people are asked about the one that goes on. Whoever says that it is not solved
opens it again for all of them; that it is solved counts when nobody is waited for any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.deadlines.steps import reach
from app.followup.models import FixQuestion
from app.followup.opening import locked_reports
from app.outbox.queueing import tell_status, tell_update
from app.reports.marks import hear
from app.reports.models import Event, Report
from app.reports.timeline import record

Change = tuple[Report, Event]


def close_reports(session: Session, question: FixQuestion, status: str, reason: str) -> None:
    """Move the reports that were asked about, where they still count as resolved, and tell the person once."""
    resolved = [report for report in locked_reports(session, question.about) if report.status == "resolved"]
    settled = [(report, _settled(session, question, report, status)) for report in resolved]
    changes = list(_changed(((r, new) for r, new in settled if new), session, question, reason))
    session.flush()
    if question.report_id not in question.about:
        _tell_of_merged(session, question, status, resolved, changes)
    elif changes:
        tell_update(session, *changes[0])
    elif resolved:
        tell_status(session, resolved[0], status, f"question:{question.id}")


def _tell_of_merged(
    session: Session, question: FixQuestion, status: str, resolved: list[Report], changes: list[Change]
) -> None:
    """The person hears what they said of their own report; the others, where that opens theirs again."""
    own = session.get(Report, question.report_id)
    if own is not None and resolved:
        version = str(changes[0][1].id) if changes else f"question:{question.id}"
        tell_status(session, own, status, version)
    for report, change in changes:
        if report.status == "reopened":
            tell_update(session, report, change)


def _settled(session: Session, question: FixQuestion, report: Report, status: str) -> str | None:
    """What the report comes to; None while others who reported the same are still waited for."""
    if status == "reopened" or not report.has_merged:
        return status
    others = select(FixQuestion.closed_at, FixQuestion.answer).where(
        FixQuestion.about.contains([report.id]), FixQuestion.id != question.id
    )
    said = session.execute(others).all()
    if any(closed_at is None for closed_at, _answer in said):
        return None
    since = session.scalars(_last_resolved(report)).one()
    is_confirmed = any(answer == "yes" and since and closed_at > since for closed_at, answer in said)
    return "confirmed" if is_confirmed else status


def _last_resolved(report: Report):
    resolved = Event.detail["new"].astext == "resolved"
    return select(func.max(Event.at)).where(Event.report_id == report.id, Event.kind == "status", resolved)


def _changed(settled: Iterable[tuple[Report, str]], session: Session, question: FixQuestion, reason: str):
    of_case = {"case": question.case_id} if question.case_id else {}
    for report, status in settled:
        detail = {"old": report.status, "new": status, "reason": reason, **of_case}
        reach(report, status)
        if status == "reopened":
            hear(session, report)
            _wait_no_more(session, report)
        yield report, record(session, report, "status", **detail)


def _wait_no_more(session: Session, report: Report) -> None:
    """The others who reported the same are asked again when it is said to be solved again."""
    if report.has_merged:
        alone = update(FixQuestion).where(FixQuestion.case_id.is_(None), FixQuestion.about == [report.id])
        session.execute(alone.where(FixQuestion.closed_at.is_(None)).values(closed_at=datetime.now(UTC)))
