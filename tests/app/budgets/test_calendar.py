"""The next window to act, around year ends, leap days and windows that run over the new year."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.budgets.calendar import Calendar, Day, Occurrence, Window, next_windows, occurrence

LENGTHS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def window(first: str, last: str | None = None, kind: str = "hearing") -> Window:
    return Window(kind, None, day(first), day(last or first), True, False)


def day(text: str) -> Day:
    month, number = text.split("-")
    return Day(int(month), int(number))


def calendar(*windows: Window) -> Calendar:
    return Calendar("xx", "KE", "regional", Day(7, 1), True, "a source", None, windows)


def times(first: str, last: str, on: date) -> tuple[str, str]:
    found = occurrence(calendar(), window(first, last), on)
    return str(found.opens), str(found.closes)


@pytest.mark.parametrize(
    ("first", "last", "on", "expected"),
    [
        ("09-01", "02-15", date(2026, 12, 31), ("2026-09-01", "2027-02-15")),
        ("09-01", "02-15", date(2027, 1, 1), ("2026-09-01", "2027-02-15")),
        ("09-01", "02-15", date(2027, 2, 15), ("2026-09-01", "2027-02-15")),
        ("09-01", "02-15", date(2027, 2, 16), ("2027-09-01", "2028-02-15")),
        ("12-31", "01-01", date(2026, 1, 1), ("2025-12-31", "2026-01-01")),
        ("12-31", "01-01", date(2026, 1, 2), ("2026-12-31", "2027-01-01")),
        ("01-01", "12-31", date(2026, 12, 31), ("2026-01-01", "2026-12-31")),
        ("01-01", "01-01", date(2026, 12, 31), ("2027-01-01", "2027-01-01")),
        ("02-29", "02-29", date(2026, 2, 28), ("2026-02-28", "2026-02-28")),
        ("02-29", "02-29", date(2027, 3, 1), ("2028-02-29", "2028-02-29")),
        ("02-01", "02-29", date(2028, 2, 29), ("2028-02-01", "2028-02-29")),
        ("02-28", "02-28", date(2028, 2, 29), ("2029-02-28", "2029-02-28")),
        ("02-29", "02-28", date(2027, 6, 1), ("2028-02-29", "2029-02-28")),
        ("11-01", "02-29", date(2027, 12, 1), ("2027-11-01", "2028-02-29")),
        ("02-29", "02-29", date(2100, 3, 1), ("2101-02-28", "2101-02-28")),
    ],
)
def test_the_time_of_a_window(first: str, last: str, on: date, expected: tuple[str, str]) -> None:
    assert times(first, last, on) == expected


def is_inside(on: date, rule: Window) -> bool:
    """Said without any year: by the order of days in a year, 29 February being 28 where there is none."""
    here, first, last = (on.month, on.day), _in(rule.first, on.year), _in(rule.last, on.year)
    return first <= here <= last if first <= last else here >= first or here <= last


def _in(rule: Day, year: int) -> tuple[int, int]:
    return (2, 28) if (rule.month, rule.day) == (2, 29) and not isleap(year) else (rule.month, rule.day)


days = st.integers(1, 12).flatmap(lambda month: st.builds(Day, st.just(month), st.integers(1, LENGTHS[month])))
dates = st.dates(date(1890, 1, 1), date(2210, 12, 31))
# A window whose ends are the last days of February changes between one day and a year: told apart above.
rules = st.builds(lambda first, last: Window("hearing", None, first, last, True, False), days, days).filter(
    lambda rule: (rule.first, rule.last) != (Day(2, 29), Day(2, 28))
)


@given(rules, dates)
def test_the_first_day_found_is_the_first_day_inside_that_a_walk_through_the_days_finds(
    rule: Window, on: date
) -> None:
    found = occurrence(calendar(), rule, on)
    walked = next(day for day in (on + timedelta(n) for n in range(367 * 9)) if is_inside(day, rule))
    assert max(found.opens, on) == walked
    assert found.is_open(on) == is_inside(on, rule)


@given(rules, dates)
def test_a_window_is_inside_from_its_first_to_its_last_day_and_at_most_a_year(rule: Window, on: date) -> None:
    found = occurrence(calendar(), rule, on)
    assert on <= found.closes
    assert found.opens <= found.closes <= found.opens + timedelta(366)
    assert is_inside(found.opens, rule)
    assert is_inside(found.closes, rule)


@given(st.lists(rules, min_size=1, max_size=6), dates)
def test_what_is_open_comes_first_the_soonest_to_close_before_the_others(some: list[Window], on: date) -> None:
    found = next_windows([calendar(*some)], on)
    is_open = [time.is_open(on) for time in found]
    assert len(found) == len(some)
    assert is_open == sorted(is_open, reverse=True)
    assert closing(found, on) == sorted(closing(found, on))
    assert opening(found, on) == sorted(opening(found, on))


def closing(found: tuple[Occurrence, ...], on: date) -> list[date]:
    return [time.closes for time in found if time.is_open(on)]


def opening(found: tuple[Occurrence, ...], on: date) -> list[date]:
    return [time.opens for time in found if not time.is_open(on)]


def test_without_calendars_there_is_no_window() -> None:
    assert next_windows([], date(2026, 11, 24)) == ()
