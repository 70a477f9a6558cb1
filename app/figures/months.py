"""Months, as the first day of each. A month is that of UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from app.figures.disclosure import rules


def month_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date().replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def previous_month(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def begin(month: date) -> datetime:
    """The first moment of it."""
    return datetime.combine(month, time(), UTC)


def is_closed(month: date, now: datetime) -> bool:
    """Whether nothing is waited for any more."""
    return now >= begin(next_month(month)) + rules().closing


def months_between(first: date, last: date) -> Iterator[date]:
    """Both included, oldest first."""
    month = first
    while month <= last:
        yield month
        month = next_month(month)
