"""Pages by key instead of by number: nothing is skipped or shown twice when rows come in between two pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, tuple_
from sqlalchemy.orm import Session

PAGE_SIZE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Row = TypeVar("Row")


@dataclass(frozen=True)
class Key:
    """The order of a list, newest first: a moment, and an id where two moments are the same."""

    at: Any
    id: Any
    read_id: Callable[[str], Any]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, newest first. `older` is the address of the next page, None on the last one."""

    rows: Sequence[Row]
    older: str | None


def page_of(session: Session, rows: Select[Any], key: Key, before: str | None) -> Page[Any]:
    """One page of this selection of one model: the newest, or what lies before a cursor that a page gave.

    A cursor that makes no sense is none.
    """
    cut = _older_than(key, before)
    selected = rows if cut is None else rows.where(cut)
    found = list(session.scalars(selected.order_by(key.at.desc(), key.id.desc()).limit(PAGE_SIZE + 1)))
    shown = found[:PAGE_SIZE]
    return Page(shown, _cursor(key, shown[-1]) if len(found) > PAGE_SIZE else None)


def _cursor(key: Key, row: Any) -> str:
    """Whole microseconds since 1970 and the id, which is all that PostgreSQL keeps: nothing is rounded."""
    microseconds = (getattr(row, key.at.key) - EPOCH) // timedelta(microseconds=1)
    return f"{microseconds}_{getattr(row, key.id.key)}"


def _older_than(key: Key, cursor: str | None) -> ColumnElement[bool] | None:
    microseconds, _, row_id = (cursor or "").partition("_")
    try:
        at, last_id = EPOCH + timedelta(microseconds=int(microseconds)), key.read_id(row_id)
    except (ValueError, OverflowError):
        return None
    return tuple_(key.at, key.id) < tuple_(at, last_id)
