"""Working time: when people at a partner are at work, and the moment at which so much of it has passed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

WEEKDAYS = tuple(range(7))
"""As Python counts them: Monday is 0."""

LONGEST_BREAK = 366
"""Days that may pass without any work: a calendar that is shut for longer is a mistake, and is counted through."""

Holidays = Callable[[int], Collection[date]]
"""The national holidays of a year."""


def no_holidays(_year: int) -> Collection[date]:
    return ()


@dataclass(frozen=True)
class WorkingTime:
    """Weekly hours in one time zone, without the national holidays but for those `worked`, and without days `off`.

    The zone must keep one offset all year round: of those where we work, all do. There is at least one weekday, and
    `opens` comes before `closes`.
    """

    zone: str
    weekdays: frozenset[int]
    opens: time
    closes: time
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    holidays: Holidays = field(default=no_holidays, compare=False)

    @property
    def day_length(self) -> timedelta:
        return _since_midnight(self.closes) - _since_midnight(self.opens)

    def is_workday(self, day: date) -> bool:
        if day.weekday() not in self.weekdays or day in self.off:
            return False
        return day in self.worked or day not in self.holidays(day.year)

    def is_working(self, moment: datetime) -> bool:
        """Whether people are at work at this moment. When they close they still are: work may be due then."""
        day, passed = self._local(moment)
        return self.is_workday(day) and _since_midnight(self.opens) <= passed <= _since_midnight(self.closes)

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The moment when this much working time has passed since `start`, in UTC: always while people work."""
        day, passed = self._local(start)
        left = length
        for worked_day, opens, closes in self._days(day, passed):
            if left <= closes - opens:
                return self._moment(worked_day, opens + left)
            left -= closes - opens
        raise AssertionError("the days do not end")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none if the second comes first."""
        day, passed = self._local(start)
        last, until = self._local(end)
        total = timedelta(0)
        for worked_day, opens, closes in self._days(day, passed):
            if worked_day > last:
                return total
            closing = min(closes, until) if worked_day == last else closes
            total += max(closing - opens, timedelta(0))
        raise AssertionError("the days do not end")

    def _days(self, day: date, passed: timedelta) -> Iterator[tuple[date, timedelta, timedelta]]:
        """The working days from this moment on, each with the stretch that is left of it."""
        opens, closes, idle = _since_midnight(self.opens), _since_midnight(self.closes), 0
        if passed > closes:
            day, passed = day + timedelta(days=1), timedelta(0)
        while True:
            if self.is_workday(day) or idle > LONGEST_BREAK:
                idle = 0
                yield day, max(opens, passed), closes
            day, passed, idle = day + timedelta(days=1), timedelta(0), idle + 1

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def _local(self, moment: datetime) -> tuple[date, timedelta]:
        local = moment.astimezone(self._zone)
        return local.date(), _since_midnight(local.time())

    def _moment(self, day: date, passed: timedelta) -> datetime:
        return (datetime.combine(day, time(0), self._zone) + passed).astimezone(UTC)


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
