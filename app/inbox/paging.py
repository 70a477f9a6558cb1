"""Pages by key instead of by number: as quick at the millionth report as at the first, and nothing is skipped
or shown twice when reports come in between two pages.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import Session

from app.inbox.ordering import Order
from app.reports.marks import PRIORITIES
from app.reports.models import Report

PAGE_SIZE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Cursor:
    """The place of one report in an order: what its columns hold, and its id."""

    values: tuple[Any, ...]
    id: uuid.UUID

    def __str__(self) -> str:
        """Whole numbers and the id. Moments are microseconds since 1970, all that PostgreSQL keeps of them."""
        numbers = ((v - EPOCH) // MICROSECOND if isinstance(v, datetime) else v for v in self.values)
        return "-".join((*map(str, numbers), self.id.hex))


@dataclass(frozen=True)
class Page:
    """Reports in order; `back` and `on` are the cursors of the neighbouring pages."""

    reports: tuple[Report, ...]
    back: Cursor | None
    on: Cursor | None


def read_cursor(text: str | None, order: Order) -> Cursor | None:
    """The cursor of this order in this text, or None if there is none that makes sense."""
    *numbers, digits = (text or "").split("-")
    try:
        values = tuple(_value(int(n), column) for n, column in zip(numbers, order.columns, strict=True))
        return Cursor(values, uuid.UUID(hex=digits))
    except (ValueError, OverflowError):
        return None


def page_of(
    session: Session,
    reports: Select[Report],
    order: Order,
    before: Cursor | None,
    after: Cursor | None,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of this selection: the first, what follows (`before`) a cursor, or what leads up to it (`after`)."""
    if after is not None:
        return _leading_to(session, reports, order, after, size)
    following = reports if before is None else reports.where(_lies(order, before, beyond=True))
    found = _first_of(session, following, order, size, forwards=True)
    shown, is_full = tuple(found[:size]), len(found) > size
    return Page(
        shown, _cursor(shown[:1], order) if before else None, _cursor(shown[-1:], order) if is_full else None
    )


def _leading_to(session: Session, reports: Select[Report], order: Order, after: Cursor, size: int) -> Page:
    found = _first_of(session, reports.where(_lies(order, after, beyond=False)), order, size, forwards=False)
    shown, is_full = tuple(reversed(found[:size])), len(found) > size
    return Page(shown, _cursor(shown[:1], order) if is_full else None, _cursor(shown[-1:], order))


def _first_of(session: Session, reports: Select[Report], order: Order, size: int, forwards: bool) -> list[Report]:
    """One more than a page holds, so that it is known whether there are others."""
    falls = order.descending if forwards else not order.descending
    keys = (key.desc() if falls else key for key in (*order.columns, Report.id))
    return list(session.scalars(reports.order_by(*keys).limit(size + 1)))


def _lies(order: Order, cursor: Cursor, beyond: bool) -> Any:
    """Whether a report stands after the cursor in this order, or before it; the constant first, for the types."""
    place, key = tuple_(*cursor.values, cursor.id), tuple_(*order.columns, Report.id)
    return place > key if beyond == order.descending else place < key


def _cursor(shown: tuple[Report, ...], order: Order) -> Cursor | None:
    return next((Cursor(tuple(getattr(r, c.key) for c in order.columns), r.id) for r in shown), None)


def _value(number: int, column: Any) -> Any:
    if column.type.python_type is datetime:
        return EPOCH + number * MICROSECOND
    if number not in PRIORITIES:
        raise ValueError(number)
    return number
