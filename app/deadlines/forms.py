"""The forms of a plan: what was entered, read into a changed plan, or refused with the field and the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from flask_babel import gettext as _

from app.deadlines.limits import MOST, NAMES, UNITS, Limit, read_limit
from app.deadlines.national import national_holidays
from app.deadlines.plan import Plan, zones_of

MOST_DAYS_OFF, LONGEST_NAME = 200, 80
SHORTEST_DAY = timedelta(hours=1)
YEARS_AHEAD = 5


class Refused(ValueError):
    """What was entered in `field` cannot be kept; the message says why, in the page's language."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def with_hours(plan: Plan, weekdays: Sequence[str], opens: str, closes: str, zone: str, own_zone: str) -> Plan:
    """The plan with other weekly hours; `own_zone` is that of its country. Raises Refused."""
    chosen = frozenset(int(day) for day in weekdays if day in set("0123456"))
    if not chosen:
        raise Refused("weekdays", _("Choose at least one day of the week."))
    begins, ends = _time("opens", opens), _time("closes", closes)
    if _minutes(ends) - _minutes(begins) < SHORTEST_DAY:
        raise Refused("closes", _("The working day must end at least an hour after it begins."))
    if zone not in zones_of(plan.country, own_zone):
        raise Refused("zone", _("Choose one of the time zones."))
    return replace(plan, weekdays=chosen, opens=begins, closes=ends, zone=zone)


def with_day_off(plan: Plan, day: str, name: str, today: date) -> Plan:
    """The plan with one more day off of its own. Raises Refused."""
    chosen, called = _day(day, today), " ".join(name.split())
    if not called:
        raise Refused("name", _("Say what day it is."))
    if len(called) > LONGEST_NAME:
        raise Refused("name", _("This name is longer than %(n)d characters.", n=LONGEST_NAME))
    if len(plan.off) >= MOST_DAYS_OFF:
        raise Refused("day", _("These are too many days off. Remove some that are long past."))
    return replace(plan, off={**plan.off, chosen: called}, worked=plan.worked - {chosen})


def without_day_off(plan: Plan, day: str) -> Plan:
    """Work on this day: an own day off is removed, a national holiday is worked. Any other changes nothing."""
    chosen = _read_day(day)
    if chosen is None:
        return plan
    off = {other: name for other, name in plan.off.items() if other != chosen}
    if chosen in national_holidays(plan.country, chosen.year):
        return replace(plan, off=off, worked=plan.worked | {chosen})
    return replace(plan, off=off)


def with_holiday_again(plan: Plan, day: str) -> Plan:
    """Take a national holiday off after all."""
    return replace(plan, worked=plan.worked - {_read_day(day)})


def with_limits(plan: Plan, about: str, entered: Mapping[str, str]) -> Plan:
    """The plan with these limits for a type of problem; an empty field keeps the usual one. Raises Refused."""
    read = {name: _limit(name, entered.get(name, ""), entered.get(f"{name}_unit", "")) for name in NAMES}
    return plan.with_limits(about, {name: limit for name, limit in read.items() if limit})


def _limit(name: str, number: str, unit: str) -> Limit | None:
    if not number.strip():
        return None
    limit = read_limit(f"{number.strip().lstrip('0')}{unit}")
    if unit not in UNITS or limit is None:
        most = {"days": MOST["d"], "hours": MOST["h"]}
        raise Refused(name, _("Enter a whole number from 1 to %(hours)d hours or %(days)d days.", **most))
    return limit


def _day(text: str, today: date) -> date:
    day = _read_day(text)
    if day is None:
        raise Refused("day", _("Enter the day as a date."))
    if not today - timedelta(days=366) <= day <= date(today.year + YEARS_AHEAD, 12, 31):
        raise Refused("day", _("Choose a day within the last year or the next five."))
    return day


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _time(field: str, text: str) -> time:
    try:
        read = time.fromisoformat(text.strip())
    except ValueError:
        raise Refused(field, _("Enter the time of day in hours and minutes.")) from None
    if read.tzinfo or read.second or read.microsecond:
        raise Refused(field, _("Enter the time of day in hours and minutes."))
    return read


def _minutes(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
