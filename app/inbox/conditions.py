"""What each filter of the list means to the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func

from app.directory.current import current_directory
from app.inbox.choices import ME, NOBODY, timezone_of
from app.inbox.filters import Filters
from app.inbox.looking import is_unread
from app.inbox.searching import with_words
from app.inbox.tabs import in_tab
from app.reports.marks import has_mark
from app.reports.models import Report
from app.reports.sealed import read_by
from app.reports.sensitive import is_sensitive_report
from app.viewer import current_viewer

Condition = ColumnElement[bool]

AS_COLUMNS = ("entry_point", "problem_type", "area", "channel", "language")
LAST_DAYS = {"week": 7, "month": 30}
DAY = timedelta(days=1)
BY_DUE = "due"
"""The order."""


def narrowed(reports: Select[Any], filters: Filters) -> Select[Any]:
    """The selection with these filters on it; its order is the caller's."""
    found = reports.where(
        *in_tab(filters.tab, filters.status), *_columns(filters), *_marks(filters), *_days(filters), *_due(filters)
    )
    return with_words(found, filters.q, filters.few) if filters.q else found


def _columns(filters: Filters) -> Iterator[Condition]:
    for name in AS_COLUMNS:
        if getattr(filters, name) is not None:
            yield getattr(Report, name) == getattr(filters, name)
    if filters.assigned == NOBODY:
        yield Report.assigned_to.is_(None)
    elif filters.assigned is not None:
        me = current_viewer().account_id
        yield Report.assigned_to == (me if filters.assigned == ME else int(filters.assigned))


def _marks(filters: Filters) -> Iterator[Condition]:
    if filters.priority:
        yield Report.priority == int(filters.priority)
    if filters.tag:
        yield Report.tags != []  # there is an index of those that have any
        yield has_mark(filters.tag)
        yield Report.tags.contains([filters.tag])
    if filters.flag:
        yield func.cardinality(Report.flags) > 0  # likewise
        yield has_mark(filters.flag)
        yield Report.flags.contains([filters.flag])
    if filters.sensitive:
        yield is_sensitive_report()
    if filters.unread:
        yield is_unread()
        yield from (Report.said_at > until for until in (filters.read_until,) if until)  # so that plans know it
    if filters.photo:
        yield Report.has_photo
        yield read_by(current_viewer())  # that a photo belongs to a sensitive one is for its readers


def _days(filters: Filters) -> Iterator[Condition]:
    """Days begin and end where the viewer is."""
    zone = ZoneInfo(timezone_of(current_viewer(), current_directory()))
    now = datetime.now(zone)
    if filters.age == "today":
        yield Report.created_at >= _morning(now.date(), zone)
    elif filters.age in LAST_DAYS:
        yield Report.created_at >= now.astimezone(UTC) - LAST_DAYS[filters.age] * DAY
    elif filters.age == "older":
        yield Report.created_at < now.astimezone(UTC) - LAST_DAYS["month"] * DAY
    if filters.since:
        yield Report.created_at >= _morning(filters.since, zone)
    if filters.until and filters.until < date.max:
        yield Report.created_at < _morning(filters.until + DAY, zone)


def _due(filters: Filters) -> Iterator[Condition]:
    """Today is until midnight where the viewer is; what is over already is neither of today nor of this week."""
    zone = ZoneInfo(timezone_of(current_viewer(), current_directory()))
    now = datetime.now(zone)
    if filters.due == "overdue":
        yield Report.due_at < now
    elif filters.due == "today":
        yield Report.due_at.between(now, _morning(now.date() + DAY, zone))
    elif filters.due == "week":
        yield Report.due_at.between(now, now + LAST_DAYS["week"] * DAY)
    if filters.sort == BY_DUE:
        yield Report.due_at.is_not(None)  # what has no date has no place in this order


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
