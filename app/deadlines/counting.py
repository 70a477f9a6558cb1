"""Counting again when a partner's plan has changed: the steps that are not over yet, and nothing that is."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.database import transaction
from app.deadlines.steps import count_again
from app.queue import Job, jobs, put
from app.reports.models import Report

AT_ONCE = 500
WAIT = timedelta(seconds=5)
"""Until then every process counts by the new plan: what is filed by the old one meanwhile is counted again too."""


@jobs.task(name="deadlines.count_again")
def count_again_for(partner: str, after: str = "") -> None:
    """Count the open steps of this partner's reports by its plan of today, from the report `after` on.

    Each batch is one transaction with the job of the next, so a crash loses none and counts none wrongly twice.
    """
    with transaction() as session:
        open_steps = select(Report).where(_counted(partner, datetime.now(UTC)))
        if after:
            open_steps = open_steps.where(Report.id > uuid.UUID(after))
        batch = session.scalars(open_steps.order_by(Report.id).limit(AT_ONCE).with_for_update()).all()
        for report in batch:
            count_again(report)
        if len(batch) == AT_ONCE:
            put(session, _job(partner, after=str(batch[-1].id)))


def count_again_later(session: Session, partner: str) -> None:
    """Have it done in a few seconds, one count of a partner after the other."""
    put(session, _job(partner, at=datetime.now(UTC) + WAIT))


def _job(partner: str, after: str = "", at: datetime | None = None) -> Job:
    return Job(count_again_for, {"partner": partner, "after": after}, lock=f"deadlines:{partner}", at=at)


def _counted(partner: str, now: datetime) -> ColumnElement[bool]:
    """What is over has been promised and missed: another plan does not undo that."""
    return (
        (Report.partner == partner) & Report.step.is_not(None) & or_(Report.due_at.is_(None), Report.due_at > now)
    )
