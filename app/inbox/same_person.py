"""Earlier reports of the person who made this one: known by the same phone, never by a number or a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.inbox.naming import problem_name
from app.reports.models import Report
from app.reports.sealed import read_by
from app.viewer import current_viewer

MOST_SHOWN = 5


@dataclass(frozen=True)
class Earlier:
    """Another report from the same phone that the viewer may see."""

    reference: str
    problem: str
    status: str
    created_at: datetime


def earlier_reports(session: Session, report: Report, directory: Directory) -> tuple[Earlier, ...]:
    """The newest of them; none for a report that came without a phone."""
    if report.contact_id is None:
        return ()
    same = select(Report).where(Report.contact_id == report.contact_id, Report.id != report.id)
    same = same.where(read_by(current_viewer()))  # that somebody told of worse is for its own readers
    found = session.scalars(same.order_by(Report.created_at.desc()).limit(MOST_SHOWN))
    return tuple(Earlier(one.reference, problem_name(one, directory), one.status, one.created_at) for one in found)
