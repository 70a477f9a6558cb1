"""The list of reports: one page of rows, and how many there are in each status."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, selectinload

from app.directory.catalogue import Directory
from app.inbox.filters import Filters
from app.inbox.labels import FLAGS, STATUSES, WHOSE, LazyString, label
from app.inbox.naming import area_name, entry_point_name, is_sensitive, problem_name
from app.inbox.paging import Cursor, Page, page_of
from app.reports.marks import is_back, is_snoozed
from app.reports.models import Report
from app.reports.reference import WrongReference, read_reference
from app.viewer import current_viewer

FIRST_WORDS = 160
"""Characters of a message in the list: one text message."""

MOST_COUNTED = 1000
"""A live count of everything grows with the reports; nobody needs to know 48,211 from "more than 1,000"."""


@dataclass(frozen=True)
class Row:
    """One report as the list shows it. `words` is None for a sensitive one: screens have neighbours."""

    reference: str
    words: str | None
    problem: str
    entry_point: str
    area: str | None
    channel: str
    language: str
    status: str
    flags: tuple[str, ...]
    whose: str | None
    photos: int
    priority: int
    tags: tuple[str, ...]
    snoozed_until: datetime | None
    is_back: bool
    timezone: str
    created_at: datetime


@dataclass(frozen=True)
class Count:
    """How many reports this value of a filter leaves; `more` when there are more than were counted."""

    value: str
    name: str
    number: int
    more: bool


@dataclass(frozen=True)
class Counts:
    """How many reports each status, and each answer to "whose work?", leaves beside the other filters."""

    status: tuple[Count, ...]
    whose: tuple[Count, ...]


class NotFound(LookupError):
    """The reference that was searched for leads nowhere; the message says why."""


def page_of_reports(session: Session, filters: Filters, before: Cursor | None, after: Cursor | None) -> Page:
    """One page of what the viewer may see, with the messages of each report."""
    reports = filters.narrow(select(Report).options(selectinload(Report.messages)))
    return page_of(session, reports, before, after)


def rows_of(page: Page, directory: Directory, photos: Mapping[uuid.UUID, int]) -> tuple[Row, ...]:
    """`photos`: how many a report has, by its id."""
    return tuple(_row(report, directory, photos.get(report.id, 0)) for report in page.reports)


def count(session: Session, filters: Filters) -> Counts:
    """What each tab would show; all in one statement."""
    by_status = [filters.but(status=status) for status in STATUSES]
    by_whose = [filters.but(whose=whose) for whose in WHOSE]
    tabs = (_capped(tab).label(f"tab_{place}") for place, tab in enumerate((*by_status, *by_whose)))
    numbers = tuple(session.execute(select(*tabs)).one())
    return Counts(_named(STATUSES, numbers[: len(by_status)]), _named(WHOSE, numbers[len(by_status) :]))


def _named(names: dict[str, LazyString], numbers: tuple[int, ...]) -> tuple[Count, ...]:
    return tuple(
        Count(value, label(names, value), min(number, MOST_COUNTED), number > MOST_COUNTED)
        for value, number in zip(names, numbers, strict=True)
    )


def find_reference(session: Session, text: str) -> str | None:
    """The reference that this text is, if it is of a report that the viewer may see; None if it is other words.

    Raises NotFound for a reference that leads nowhere.
    """
    try:
        reference = read_reference(text)
    except WrongReference:
        if not any(character.isdigit() for character in text):
            return None
        raise NotFound(_("One character of this reference is wrong. Compare it again.")) from None
    if reference is None:
        return None
    found = session.scalars(select(Report.reference).where(Report.reference == str(reference))).one_or_none()
    if found is None:
        raise NotFound(_("You have no report with this reference."))
    return found


def _capped(filters: Filters) -> ScalarSelect[int]:
    few = filters.narrow(select(Report.id)).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(few).scalar_subquery()


def _row(report: Report, directory: Directory, photos: int) -> Row:
    sensitive, now = is_sensitive(report, directory), datetime.now(UTC)
    return Row(
        reference=report.reference,
        words=None if sensitive else _first_words(report),
        problem=problem_name(report, directory),
        entry_point=entry_point_name(report, directory),
        area=area_name(report, directory),
        channel=report.channel,
        language=report.language,
        status=report.status,
        flags=tuple(label(FLAGS, flag) for flag in report.flags),
        whose=_whose(report),
        photos=photos,
        priority=report.priority,
        tags=tuple(report.tags),
        snoozed_until=report.snoozed_until if is_snoozed(report, now) else None,
        is_back=is_back(report, now),
        timezone=directory.country(report.country).timezone,
        created_at=report.created_at,
    )


def _whose(report: Report) -> str | None:
    """ "mine", "taken" by somebody else, or None."""
    if report.assigned_to is None:
        return None
    return "mine" if report.assigned_to == current_viewer().account_id else "taken"


def _first_words(report: Report) -> str:
    words = " ".join((report.messages[0].body if report.messages else "").split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rstrip() + "…"
