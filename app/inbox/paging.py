"""Pages by key instead of by number: as quick at the millionth report as at the first, and nothing is skipped
or shown twice when reports come in between two pages.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import Session

from app.reports.models import Report

PAGE_SIZE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEY = tuple_(Report.created_at, Report.id)


@dataclass(frozen=True)
class Cursor:
    """The place of one report in the order of the list."""

    at: datetime
    id: uuid.UUID

    def __str__(self) -> str:
        """Whole microseconds since 1970 and the id, which is all that PostgreSQL keeps: nothing is rounded."""
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.id.hex}"


@dataclass(frozen=True)
class Page:
    """Reports, newest first; `newer` and `older` are the cursors of the neighbouring pages."""

    reports: tuple[Report, ...]
    newer: Cursor | None
    older: Cursor | None


def read_cursor(text: str | None) -> Cursor | None:
    """The cursor in this text, or None if there is none that makes sense."""
    microseconds, _, digits = (text or "").partition("-")
    try:
        return Cursor(EPOCH + timedelta(microseconds=int(microseconds)), uuid.UUID(hex=digits))
    except (ValueError, OverflowError):
        return None


def page_of(session: Session, reports: Select[Report], before: Cursor | None, after: Cursor | None) -> Page:
    """One page of this selection: the newest, or what lies before (older) or after (newer) a cursor."""
    if after is not None:
        return _newer_than(session, reports, after)
    older = reports if before is None else reports.where(tuple_(before.at, before.id) > KEY)
    found = list(session.scalars(older.order_by(Report.created_at.desc(), Report.id.desc()).limit(PAGE_SIZE + 1)))
    shown = tuple(found[:PAGE_SIZE])
    is_full = len(found) > PAGE_SIZE
    return Page(shown, _first(shown) if before else None, _last(shown) if is_full else None)


def _newer_than(session: Session, reports: Select[Report], after: Cursor) -> Page:
    newer = reports.where(tuple_(after.at, after.id) < KEY).order_by(Report.created_at, Report.id)
    found = list(session.scalars(newer.limit(PAGE_SIZE + 1)))
    shown = tuple(reversed(found[:PAGE_SIZE]))
    is_full = len(found) > PAGE_SIZE
    return Page(shown, _first(shown) if is_full else None, _last(shown))


def _first(shown: tuple[Report, ...]) -> Cursor | None:
    return Cursor(shown[0].created_at, shown[0].id) if shown else None


def _last(shown: tuple[Report, ...]) -> Cursor | None:
    return Cursor(shown[-1].created_at, shown[-1].id) if shown else None
