"""Reports that say the same and were merged: one goes on, and everybody who reported hears what comes of it.

Each keeps its own words, timeline and reference. A report is merged only into one that is not merged itself, so
following the links up always comes to an end, and never to a circle.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.models import Report

AS_OTHERS_HEAR = {
    "new": "duplicate",
    "needs_information": "acknowledged",
    "confirmed": "resolved",
    "unconfirmed": "resolved",
}
"""What the status of the report that goes on is to somebody whose own was merged into it: the question that it
waits for was not put to them, and it was perhaps not they who said that it is solved."""


def merged_into(session: Session, report: Report) -> list[Report]:
    """Every report that was merged into this one, also by way of others, oldest first."""
    if not report.has_merged:
        return []
    under = select(Report.id).where(Report.merged_into == report.id).cte("under", recursive=True)
    under = under.union(select(Report.id).join(under, Report.merged_into == under.c.id))
    found = select(Report).join(under, under.c.id == Report.id)
    return list(session.scalars(found.order_by(Report.created_at, Report.id)))


def kept_of(session: Session, report: Report) -> Report:
    """The report that goes on: itself, where it was not merged into another."""
    while report.merged_into is not None:
        report = session.get_one(Report, report.merged_into)
    return report


def voices(session: Session, report: Report) -> list[Report]:
    """This report and those merged into it, one for each person, to whom its reference is known."""
    known, found = {report.contact_id}, [report]
    for one in merged_into(session, report):
        if one.contact_id not in known:
            known.add(one.contact_id)
            found.append(one)
    return found


def is_repetition(report: Report, kept: Report) -> bool:
    """Whether the same person said the same again."""
    return report.contact_id is not None and report.contact_id == kept.contact_id


def standing(session: Session, report: Report) -> str:
    """The status that its reporter is told of: that of the report that goes on."""
    if report.merged_into is None:
        return report.status
    status = kept_of(session, report).status
    return AS_OTHERS_HEAR.get(status, status)
