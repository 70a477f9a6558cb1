"""The filters of the list: all of them in the URL, and nothing gets through that is not offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from werkzeug.datastructures import MultiDict

from app.inbox import tabs
from app.inbox.choices import Choices
from app.inbox.ordering import ORDERS, offered_orders
from app.inbox.searching import LONGEST_SEARCH, Found
from app.inbox.tags import read_tags

Query = dict[str, str | list[str]]
"""Filters for a URL."""

ANY_DAY = ("since", "until")
NO_FILTERS = ("few", "read_until")
DEFAULTS = {"sort": ORDERS[0].name}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to, and its order; None is no filter. The names are those of the URL.

    `tab` is of app.inbox.tabs, `q` the words that somebody wrote, `assigned` "me", "nobody" or a colleague's
    number; `since` and `until` are days there, the last one included.

    The last two are no filters of their own. `few`: the reports with the words, where they have been looked up and
    are few enough (app.inbox.looking_up). `read_until`: before then everything counts as read, where that is known.
    """

    tab: str = tabs.FIRST
    q: str | None = None
    status: tuple[str, ...] = ()
    entry_point: str | None = None
    problem_type: str | None = None
    area: str | None = None
    channel: str | None = None
    language: str | None = None
    age: str | None = None
    due: str | None = None
    since: date | None = None
    until: date | None = None
    assigned: str | None = None
    priority: str | None = None
    tag: str | None = None
    flag: str | None = None
    sensitive: str | None = None
    photo: str | None = None
    unread: str | None = None
    sort: str = ORDERS[0].name
    few: Found | None = None
    read_until: datetime | None = None

    def as_query(self) -> Query:
        """What is set, for a URL; the tab always, as an inbox without any filter may open with a view."""
        named = ((field.name, getattr(self, field.name)) for field in fields(self) if field.name not in NO_FILTERS)
        given = {name: value for name, value in named if value and DEFAULTS.get(name) != value}
        return {name: list(value) if isinstance(value, tuple) else str(value) for name, value in given.items()}

    def but(self, **changes: object) -> Filters:
        """These filters with some of them set otherwise."""
        return replace(self, **changes)

    @property
    def narrower(self) -> tuple[str, ...]:
        """The names of those that are set beside tab, words and order."""
        return tuple(name for name in self.as_query() if name not in ("tab", "q", "sort"))

    @property
    def plain(self) -> Filters:
        """The same tab, words and order, with no other filter."""
        return Filters(tab=self.tab, q=self.q, sort=self.sort)

    @property
    def by_common_words(self) -> bool:
        """Whether each report is looked at for its words, as too many have them to be looked up."""
        return self.q is not None and self.few is None

    @property
    def of_open(self) -> bool:
        """Whether nothing that has ended is in the list: only then is there an order of urgency."""
        return tabs.holds_open_only(self.tab, self.status)


def read_filters(query: MultiDict[str, str], choices: Choices) -> Filters:
    """The filters in this query string. A value that is not offered is no filter."""
    chosen = {name: _offered(query.get(name), getattr(choices, name)) for name in choices.of_one}
    statuses = tuple(status for status, _name in choices.status if status in query.getlist("status"))
    days = {name: _day(query.get(name)) for name in ANY_DAY}
    tab = query.get("tab") if query.get("tab") in tabs.BY_SLUG else tabs.FIRST
    words = query.get("q", "").strip()[:LONGEST_SEARCH] or None
    tag = next(iter(read_tags(query.get("tag", ""))), None)
    filters = Filters(**chosen, **days, tab=tab, status=statuses, q=words, tag=tag)
    return filters.but(sort=_order(query.get("sort"), filters))


def _offered(value: str | None, choices: Iterable[tuple[str, str]]) -> str | None:
    return value if value in {offered for offered, _name in choices} else None


def _order(name: str | None, filters: Filters) -> str:
    known = {order.name for order in offered_orders(filters.of_open)}
    return name if name in known else ORDERS[0].name


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
