"""Working time: whatever the hours and holidays, work is due while people work, and more time is never less."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines.national import national_holidays
from app.deadlines.plan import ZONES
from app.deadlines.working_time import WorkingTime

COUNTRIES = {
    "GH": "Africa/Accra",
    "ID": "Asia/Jakarta",
    "IN": "Asia/Kolkata",
    "KE": "Africa/Nairobi",
    "NG": "Africa/Lagos",
    "SN": "Africa/Dakar",
    "ZA": "Africa/Johannesburg",
}
NAIROBI = ZoneInfo("Africa/Nairobi")
OFFICE = WorkingTime("Africa/Nairobi", frozenset(range(5)), time(8), time(17))
NINE_HOURS = timedelta(hours=9)

for country in COUNTRIES:
    national_holidays(country, 2026)  # read once before anything is timed

moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
lengths = st.integers(0, 30 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingTime:
    country, zone = draw(st.sampled_from(sorted(COUNTRIES.items())))
    opens = draw(st.integers(0, 22 * 60))
    closes = draw(st.integers(opens + 60, 24 * 60 - 1))
    off = draw(st.frozensets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=20))
    return WorkingTime(
        zone=zone,
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        opens=time(*divmod(opens, 60)),
        closes=time(*divmod(closes, 60)),
        off=off,
        worked=draw(st.frozensets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=3)) - off,
        holidays=lambda year: national_holidays(country, year),
    )


@given(calendars(), moments, lengths)
def test_what_is_due_is_due_while_people_work_and_never_before_the_start(
    working: WorkingTime, start: datetime, length: timedelta
):
    due = working.after(start, length)
    assert working.is_working(due)
    assert due >= start


@given(calendars(), moments, lengths, lengths)
def test_a_longer_limit_is_never_due_sooner(
    working: WorkingTime, start: datetime, length: timedelta, more: timedelta
):
    assert working.after(start, length) <= working.after(start, length + more)


@given(calendars(), moments, st.timedeltas(timedelta(0), timedelta(days=30)), lengths)
def test_what_came_in_later_is_never_due_sooner(
    working: WorkingTime, start: datetime, later: timedelta, length: timedelta
):
    assert working.after(start, length) <= working.after(start + later, length)


@given(calendars(), moments, lengths)
def test_exactly_the_limit_lies_between_start_and_due(working: WorkingTime, start: datetime, length: timedelta):
    assert working.between(start, working.after(start, length)) == length


@given(calendars(), moments, lengths, lengths)
def test_counting_on_from_a_due_date_is_counting_both_at_once(
    working: WorkingTime, start: datetime, first: timedelta, second: timedelta
):
    whole = working.after(start, first + second)
    in_steps = working.after(working.after(start, first), second)
    assert working.between(start, whole) == working.between(start, in_steps)


@given(calendars(), moments, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_between_is_never_longer_than_the_time_that_passed(
    working: WorkingTime, start: datetime, passed: timedelta
):
    assert timedelta(0) <= working.between(start, start + passed) <= passed
    assert working.between(start + passed, start) in (timedelta(0), working.between(start, start))


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2026-01-05 15:00", NINE_HOURS, "2026-01-06 15:00"),
        ("2026-01-09 16:00", timedelta(hours=2), "2026-01-12 09:00"),
        ("2026-01-10 11:00", timedelta(hours=4), "2026-01-12 12:00"),
        ("2026-01-05 03:00", timedelta(0), "2026-01-05 08:00"),
        ("2026-01-05 20:00", NINE_HOURS, "2026-01-06 17:00"),
    ],
    ids=["the next day", "over the weekend", "from a Saturday", "before the office opens", "after it has closed"],
)
def test_time_off_does_not_count(start: str, length: timedelta, due: str):
    begun = datetime.fromisoformat(start).replace(tzinfo=NAIROBI)
    assert OFFICE.after(begun, length) == datetime.fromisoformat(due).replace(tzinfo=NAIROBI)


def test_national_holidays_own_days_and_worked_holidays_count_as_they_should():
    jamhuri_and_christmas = WorkingTime(
        "Africa/Nairobi",
        frozenset(range(5)),
        time(8),
        time(17),
        off=frozenset({date(2026, 12, 24)}),
        worked=frozenset({date(2026, 12, 25)}),
        holidays=lambda year: national_holidays("KE", year),
    )
    worked = [day for day in range(21, 29) if jamhuri_and_christmas.is_workday(date(2026, 12, day))]
    assert worked == [21, 22, 23, 25, 28]


@pytest.mark.parametrize("zone", sorted({*COUNTRIES.values(), *(z for zones in ZONES.values() for z in zones)}))
def test_no_time_zone_that_is_offered_changes_with_the_seasons(zone: str):
    days = (datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)) + timedelta(days=n) for n in range(3 * 366))
    assert len({day.utcoffset() for day in days}) == 1


@pytest.mark.parametrize("country", sorted(COUNTRIES))
@pytest.mark.parametrize("language", ["en", "fr", "id"])
def test_every_country_has_holidays_with_names_this_year_and_the_next_five(country: str, language: str):
    for year in range(2026, 2032):
        found = national_holidays(country, year, language)
        assert date(year, 1, 1) in found or country == "IN"
        assert all(found.values())
        assert {day.year for day in found} == {year}


def test_a_calendar_without_working_days_does_not_count_for_ever():
    never = WorkingTime("UTC", frozenset({0}), time(8), time(9), holidays=_every_day)
    assert never.after(datetime(2026, 1, 1, tzinfo=UTC), timedelta(minutes=30)) > datetime(2026, 12, 1, tzinfo=UTC)


def _every_day(year: int) -> frozenset[date]:
    return frozenset(date(year, 1, 1) + timedelta(days=n) for n in range(365))
