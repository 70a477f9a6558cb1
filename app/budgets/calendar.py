"""When something is decided about a budget, every year again: pure functions over rules.

Windows are rules without a year. Source of the rules: data/calendars.toml, each calendar with its own.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Day:
    """A day of any year. One that a year does not have is the last of its month: 29 February is 28 in 2027."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


@dataclass(frozen=True)
class Window:
    """A yearly time in which something is decided, its first and last day included; `first` after `last` runs over
    the new year. `name` is the country's own word for it, `is_extended` that it often stays open longer."""

    kind: str
    name: str | None
    first: Day
    last: Day
    is_confirmed: bool
    is_extended: bool


@dataclass(frozen=True)
class Calendar:
    """The budget year of one level of government; `is_confirmed` is about `year_starts`."""

    slug: str
    country: str
    level: str
    year_starts: Day
    is_confirmed: bool
    source: str
    address: str | None
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class Occurrence:
    """A window in one year, `opens` and `closes` included."""

    calendar: Calendar
    window: Window
    opens: date
    closes: date

    @property
    def is_one_day(self) -> bool:
        return self.opens == self.closes

    def is_open(self, on: date) -> bool:
        return self.opens <= on <= self.closes


def occurrence(calendar: Calendar, window: Window, on: date) -> Occurrence:
    """The time of this window that is open on this day, or else the next one to open. Years 2 to 9998."""
    times = (_beginning_in(calendar, window, year) for year in (on.year - 1, on.year, on.year + 1))
    return next(time for time in times if time.closes >= on)


def next_windows(calendars: Iterable[Calendar], on: date) -> tuple[Occurrence, ...]:
    """Every window of these calendars once: first those open on this day, the soonest to close first, then those to
    come, the soonest to open first."""
    times = (occurrence(calendar, window, on) for calendar in calendars for window in calendar.windows)
    return tuple(sorted(times, key=lambda time: _urgency(time, on)))


def _beginning_in(calendar: Calendar, window: Window, year: int) -> Occurrence:
    opens, closes = window.first.in_year(year), window.last.in_year(year)
    if closes < opens:
        closes = window.last.in_year(year + 1)
    return Occurrence(calendar, window, opens, closes)


def _urgency(time: Occurrence, on: date) -> tuple[bool, date, date]:
    return (False, time.closes, time.opens) if time.is_open(on) else (True, time.opens, time.closes)
