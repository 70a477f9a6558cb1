"""The small marks of a report: how urgent it is, its tags, and whether it is put aside for a while."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, cast
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from app.reports.models import Report
from app.reports.timeline import record

URGENT, HIGH, NORMAL, LOW = 1, 2, 3, 4
PRIORITIES = (URGENT, HIGH, NORMAL, LOW)
"""The most urgent first: a list in this order is ascending, and so is one of waiting times."""

MOST_TAGS, LONGEST_TAG = 10, 40
WOKEN = "woken"
"""The event: a snoozed report is back before its time."""


def is_snoozed(report: Report, now: datetime) -> bool:
    return report.snoozed_until is not None and report.snoozed_until > now


def is_back(report: Report, now: datetime) -> bool:
    """Whether it was snoozed, its time is over, and nobody has done anything about it since."""
    until = report.snoozed_until
    return until is not None and report.touched_at < until <= now


def has_mark(name: str) -> ColumnElement[bool]:
    """Whether a report has a tag or a flag of this name: for the index alone, ask also which of the two."""
    quoted = name.replace("\\", "\\\\").replace("'", "''")
    return Report.marked.bool_op("@@")(cast(f"'{quoted}'", TSQUERY))


def hear(session: Session, report: Report) -> None:
    """The person has said something about this report: a snoozed one is back at once."""
    now = datetime.now(UTC)
    report.said_at = now
    if is_snoozed(report, now):
        report.snoozed_until = None
        record(session, report, WOKEN, because="person")
