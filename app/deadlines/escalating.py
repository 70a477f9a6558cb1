"""Steps whose time is over: told once to the partner's lead, and once, after a second limit, to the country's desk.

The mark on the report and the line on its timeline are one transaction, so whatever crashes, each is made once.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import transaction
from app.deadlines.steps import count_again, raise_it
from app.queue import jobs
from app.reports.models import Report
from app.reports.timeline import record

ESCALATED = "escalated"
"""The event."""

AT_ONCE = 500
MOST_BATCHES = 40
"""In one run: 20,000 reports. What is left waits for the next one."""


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="deadlines.escalate", queueing_lock="deadlines.escalate")
def escalate_due(**_due: int) -> None:
    """Escalate what is over by now."""
    now = datetime.now(UTC)
    for _batch in range(MOST_BATCHES):
        with transaction() as session:
            found = escalate_some(session, now)
        if found < AT_ONCE:
            return


def escalate_some(session: Session, now: datetime) -> int:
    """Escalate the reports that are longest over at this moment; returns how many were looked at.

    One that somebody is working on at this moment is passed over until the next time.
    """
    over = select(Report).where(Report.escalate_at <= now).order_by(Report.escalate_at).limit(AT_ONCE)
    reports = session.scalars(over.with_for_update(skip_locked=True)).all()
    for report in reports:
        _escalate(session, report)
    return len(reports)


def _escalate(session: Session, report: Report) -> None:
    """A report from before there were due dates gets one first, and is looked at again if that is over."""
    if report.due_at is None:
        count_again(report)
        return
    due_at = report.due_at
    level = raise_it(report)
    record(session, report, ESCALATED, to=level, step=report.step, due=due_at.isoformat())
