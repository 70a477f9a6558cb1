"""The tabs of the inbox: whose work it is, and what it waits for.

"Open" is what is to be done: neither ended nor snoozed, so that what was put aside until Monday is out of sight
until then. Reports that have ended are under "Everything" alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, bindparam, func, or_, true

from app.reports.lifecycle import OPEN
from app.reports.models import Report
from app.viewer import current_viewer

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Tab:
    """`says` is what it holds, for the page; `holds` the same as a condition, beside the statuses.

    `holds` is asked of reports, or of whatever has their columns of the same names.

    `of_open`: only open reports are in it, unless other statuses are asked for.
    """

    slug: str
    name: LazyString
    says: LazyString
    holds: Callable[[Any], Condition]
    of_open: bool = True


def is_awake(of: Any) -> Condition:
    return or_(of.snoozed_until.is_(None), of.snoozed_until <= func.now())


def in_statuses(statuses: Iterable[str]) -> Condition:
    """Written out in the statement: PostgreSQL must see them to know that an index of open reports will do."""
    return Report.status.in_(
        bindparam("statuses", tuple(statuses), unique=True, expanding=True, literal_execute=True)
    )


def _mine(of: Any) -> Condition:
    return and_(of.assigned_to == current_viewer().account_id, is_awake(of))


def _unassigned(of: Any) -> Condition:
    return and_(of.assigned_to.is_(None), is_awake(of))


def _needs_information(of: Any) -> Condition:
    return and_(of.status == "needs_information", is_awake(of))


def _overdue(of: Any) -> Condition:
    return of.due_at < func.now()


def _snoozed(of: Any) -> Condition:
    return of.snoozed_until > func.now()


def _everything(_of: Any) -> Condition:
    return true()


TABS = (
    Tab("open", _("All open"), _("Everybody's open reports, without those that are snoozed."), is_awake),
    Tab("mine", _("Mine"), _("Open reports that you work on, without those that are snoozed."), _mine),
    Tab(
        "unassigned",
        _("Nobody's yet"),
        _("Open reports that nobody works on, without those that are snoozed."),
        _unassigned,
    ),
    Tab(
        "needs_information",
        _("Needs information"),
        _("Reports that wait for more from the person, without those that are snoozed."),
        _needs_information,
    ),
    Tab("overdue", _("Overdue"), _("Open reports whose due date has passed, snoozed ones too."), _overdue),
    Tab(
        "snoozed", _("Snoozed"), _("Open reports that come back on their day, or when the person writes."), _snoozed
    ),
    Tab(
        "all",
        _("Everything"),
        _("All reports, also those that have ended or are snoozed."),
        _everything,
        of_open=False,
    ),
)
"""In the order in which they stand. The first is the one that opens."""

FIRST, WHOLE = TABS[0].slug, TABS[-1].slug
BY_SLUG = {tab.slug: tab for tab in TABS}


def in_tab(slug: str, statuses: tuple[str, ...]) -> tuple[Any, ...]:
    """The conditions of this tab, where these statuses are asked for; none is no filter."""
    tab = BY_SLUG[slug]
    wanted = statuses or (OPEN if tab.of_open else ())
    return (tab.holds(Report), *((in_statuses(wanted),) if wanted else ()))


def holds_open_only(slug: str, statuses: tuple[str, ...]) -> bool:
    """Whether nothing that has ended can be in it."""
    return set(statuses) <= set(OPEN) if statuses else BY_SLUG[slug].of_open
