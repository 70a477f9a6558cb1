"""The list of reports: one page of rows, and how many each tab would show."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.inbox.choices import YES
from app.inbox.conditions import narrowed
from app.inbox.due import Due, due_of
from app.inbox.excerpts import Excerpt
from app.inbox.filters import Filters
from app.inbox.labels import FLAGS, label
from app.inbox.looking import is_unread
from app.inbox.naming import area_name, entry_point_name, problem_name
from app.inbox.ordering import BY_NAME
from app.inbox.paging import Cursor, Page, page_of
from app.inbox.tabs import TABS
from app.reports.marks import is_back, is_snoozed
from app.reports.models import Report
from app.reports.reference import WrongReference, read_reference
from app.reports.sealed import leads
from app.reports.sensitive import SENSITIVE, is_sensitive
from app.viewer import current_viewer

MOST_COUNTED = 1000
"""A live count of everything grows with the reports; nobody needs to know 48,211 from "more than 1,000"."""

MOST_COUNTED_AMONG = 100
"""Under filters, what is counted has to be looked for among the rest."""


@dataclass(frozen=True)
class Row:
    """One report as the list shows it. `excerpt` is None for a sensitive one: screens have neighbours. What it is
    about and its tags are on its leads' lists only."""

    reference: str
    excerpt: Excerpt | None
    problem: str
    entry_point: str
    area: str | None
    channel: str
    language: str
    status: str
    unread: bool
    flags: tuple[str, ...]
    whose: str | None
    photos: int
    priority: int
    tags: tuple[str, ...]
    snoozed_until: datetime | None
    is_back: bool
    due: Due | None
    timezone: str
    created_at: datetime


@dataclass(frozen=True)
class Count:
    """How many reports there are; `more` when there are more than were counted."""

    number: int
    more: bool


@dataclass(frozen=True)
class Counts:
    """What each tab would show, by its slug, and each view, by its number; how many open reports are unread; and
    which of the page's reports are."""

    tabs: Mapping[str, Count]
    views: Mapping[int, Count]
    unread: Count
    unread_here: frozenset[uuid.UUID]


class NotFound(LookupError):
    """The reference that was searched for leads nowhere; the message says why."""


def page_of_reports(session: Session, filters: Filters, before: Cursor | None, after: Cursor | None) -> Page:
    """One page of what the viewer may see, in the order that the filters name."""
    return page_of(session, narrowed(select(Report), filters), BY_NAME[filters.sort], before, after)


def rows_of(
    page: Page, directory: Directory, excerpts: Mapping[uuid.UUID, Excerpt], unread: frozenset[uuid.UUID]
) -> tuple[Row, ...]:
    """`excerpts`: what the person said, by the report's id; those who said nothing are missing."""
    return tuple(
        _row(report, directory, excerpts.get(report.id, Excerpt()), report.id in unread) for report in page.reports
    )


def count(session: Session, filters: Filters, page: Page, views: Mapping[int, Filters]) -> Counts:
    """Everything that is counted for a page of the list; all in one statement."""
    asked = [*(filters.but(tab=tab.slug) for tab in TABS), *views.values(), Filters(unread=YES)]
    columns = (one.label(f"n{n}") for n, one in enumerate((*map(capped, asked), _unread_of(page))))
    *numbers, unread_here = session.execute(select(*columns)).one()
    counts = [_count(*pair) for pair in zip(asked, numbers, strict=True)]
    return Counts(
        tabs=dict(zip((tab.slug for tab in TABS), counts, strict=False)),
        views=dict(zip(views, counts[len(TABS) :], strict=False)),
        unread=counts[-1],
        unread_here=frozenset(map(uuid.UUID, unread_here or ())),
    )


def _unread_of(page: Page) -> ScalarSelect[Any]:
    ids = [report.id for report in page.reports]
    return select(func.jsonb_agg(Report.id)).where(Report.id.in_(ids), is_unread()).scalar_subquery()


def capped(filters: Filters, most: int | None = None) -> ScalarSelect[int]:
    """How many reports these filters leave, counted up to one more than `most`, by default the most that is
    counted for a list."""
    few = narrowed(select(Report.id), filters).limit((most or most_counted(filters)) + 1).subquery()
    return select(func.count()).select_from(few).scalar_subquery()


def most_counted(filters: Filters) -> int:
    return MOST_COUNTED_AMONG if filters.narrower or filters.q else MOST_COUNTED


def _count(filters: Filters, number: int) -> Count:
    return Count(min(number, most_counted(filters)), number > most_counted(filters))


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


def _row(report: Report, directory: Directory, excerpt: Excerpt, unread: bool) -> Row:
    now, is_closed = datetime.now(UTC), bool(report.sealed) and not leads(report, current_viewer())
    return Row(
        reference=report.reference,
        excerpt=None if is_sensitive(report) else excerpt,
        problem=_("Sensitive") if is_closed else problem_name(report, directory),
        entry_point=entry_point_name(report, directory),
        area=area_name(report, directory),
        channel=report.channel,
        language=report.language,
        status=report.status,
        unread=unread,
        flags=tuple(label(FLAGS, flag) for flag in report.flags if flag != SENSITIVE or report.sealed is None),
        whose=_whose(report),
        photos=excerpt.photos,
        priority=report.priority,
        tags=() if is_closed else tuple(report.tags),
        snoozed_until=report.snoozed_until if is_snoozed(report, now) else None,
        is_back=is_back(report, now),
        due=due_of(report, now, directory),
        timezone=directory.country(report.country).timezone,
        created_at=report.created_at,
    )


def _whose(report: Report) -> str | None:
    """ "mine", "taken" by somebody else, or None."""
    if report.assigned_to is None:
        return None
    return "mine" if report.assigned_to == current_viewer().account_id else "taken"
