"""Reports moved in time, and the jobs of due dates run by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app.database import transaction
from app.deadlines.escalating import escalate_some
from app.deadlines.steps import reach, restart
from app.reports.models import Report
from app.viewer import WORKER, acting_as
from tests.builders.reports import a_report

LONG_AGO = timedelta(days=90)


def an_old_report(text: str = "no drugs at the dispensary", status: str = "new", **changes: object) -> Report:
    """A report that reached us 90 days ago, and came to this status a day later."""
    report, at = a_report(text, **changes), datetime.now(UTC) - LONG_AGO
    with acting_as(WORKER), transaction() as session:
        row = session.get_one(Report, report.id)
        row.created_at = row.said_at = row.touched_at = at
        restart(row, at)
        if status != "new":
            reach(row, status, at + timedelta(days=1))
    return now_of(report)


def now_of(report: Report) -> Report:
    """The report as it stands, detached."""
    with acting_as(WORKER), transaction() as session:
        return session.scalars(select(Report).where(Report.id == report.id)).one()


def escalate(now: datetime | None = None) -> int:
    with acting_as(WORKER), transaction() as session:
        return escalate_some(session, now or datetime.now(UTC))
