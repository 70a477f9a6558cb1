"""How many reports each tab and view of the list would show: one statement, quick however many there are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, ScalarSelect, case, func, select
from sqlalchemy.orm import Session

from app.inbox.choices import YES
from app.inbox.conditions import narrowed
from app.inbox.filters import Filters
from app.inbox.looking import is_unread
from app.inbox.paging import Page
from app.inbox.tabs import TABS, WHOLE, Tab
from app.reports.lifecycle import OPEN
from app.reports.models import Report

MOST_COUNTED = 1000
"""A live count of everything grows with the reports; nobody needs to know 48,211 from "more than 1,000"."""

MOST_COUNTED_AMONG = 100
"""Under filters, what is counted has to be looked for among the rest."""

MOST_COUNTED_BY_WORDS = 25
"""A page. Where words are common, each report is looked at in its turn."""

MOST_GATHERED = 5000
"""Open reports that are gathered once for the counts of all tabs. Where the filters leave more, a hundred of each
tab are soon found."""


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


def count(session: Session, filters: Filters, page: Page, views: Mapping[int, Filters]) -> Counts:
    """Everything that is counted for a page of the list."""
    others = [*views.values(), Filters(unread=YES, read_until=filters.read_until)]
    columns = [*_of_tabs(filters), *map(capped, others), _unread_of(page)]
    *numbers, unread_here = session.execute(select(*(one.label(f"n{n}") for n, one in enumerate(columns)))).one()
    asked = [*(filters for _tab in TABS), *others]
    counts = [_count(*pair) for pair in zip(asked, numbers, strict=True)]
    return Counts(
        tabs=dict(zip((tab.slug for tab in TABS), counts, strict=False)),
        views=dict(zip(views, counts[len(TABS) :], strict=False)),
        unread=counts[-1],
        unread_here=frozenset(map(uuid.UUID, unread_here or ())),
    )


def capped(filters: Filters, most: int | None = None) -> ScalarSelect[int]:
    """How many reports these filters leave, counted up to one more than `most`, by default the most that is
    counted for a list."""
    left = narrowed(select(Report.id), filters)
    if filters.by_common_words:
        left = left.order_by(Report.created_at.desc(), Report.id.desc())  # as they were found to be common
    few = left.limit((most or most_counted(filters)) + 1).subquery()
    return select(func.count()).select_from(few).scalar_subquery()


def most_counted(filters: Filters) -> int:
    if filters.by_common_words:
        return MOST_COUNTED_BY_WORDS
    return MOST_COUNTED_AMONG if filters.narrower or filters.q else MOST_COUNTED


def _of_tabs(filters: Filters) -> list[ColumnElement[int]]:
    if filters.by_common_words or not (filters.narrower or filters.q):
        return [capped(filters.but(tab=tab.slug)) for tab in TABS]
    gathered = _gathered(filters)
    return [_of_tab(tab, filters, gathered) for tab in TABS]


def _gathered(filters: Filters) -> CTE:
    """What the tabs tell apart of the reports that are in any of them, beside the one that has everything."""
    columns = select(Report.assigned_to, Report.status, Report.snoozed_until, Report.due_at)
    found = narrowed(columns, filters.but(tab=WHOLE, status=filters.status or OPEN))
    return found.limit(MOST_GATHERED + 1).cte("gathered")


def _of_tab(tab: Tab, filters: Filters, gathered: CTE) -> ColumnElement[int]:
    apart = capped(filters.but(tab=tab.slug))
    if not (tab.of_open or filters.status):
        return apart
    all_of_them = select(func.count()).select_from(gathered).scalar_subquery()
    these = select(func.count()).select_from(gathered).where(tab.holds(gathered.c)).scalar_subquery()
    return case((all_of_them > MOST_GATHERED, apart), else_=these)


def _unread_of(page: Page) -> ScalarSelect[Any]:
    ids = [report.id for report in page.reports]
    return select(func.jsonb_agg(Report.id)).where(Report.id.in_(ids), is_unread()).scalar_subquery()


def _count(filters: Filters, number: int) -> Count:
    return Count(min(number, most_counted(filters)), number > most_counted(filters))
