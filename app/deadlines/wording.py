"""The words for steps, limits and changes of plans, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date, get_day_names
from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _

from app.access.speaking import page_language
from app.deadlines.limits import FIRST_ANSWER, INFORMATION, RESOLUTION, Limit
from app.deadlines.working_time import WEEKDAYS

STEPS: Mapping[str, LazyString] = {
    FIRST_ANSWER: _("First answer"),
    RESOLUTION: _("Resolution"),
    INFORMATION: _("Information from the person"),
}

LIMITS: Mapping[str, LazyString] = {**STEPS, "desk": _("Then, until the desk is told")}

HINTS: Mapping[str, LazyString] = {
    FIRST_ANSWER: _("Until a person has taken it up, from when it first reached us."),
    RESOLUTION: _("Until it is resolved, from when it first reached us. Waiting for the person is not counted."),
    INFORMATION: _("How long you wait for the person before you look at it again."),
    "desk": _("After a due date has passed, until the country's desk sees the report too."),
}

UNITS: Mapping[str, LazyString] = {"h": _("working hours"), "d": _("working days")}

KINDS: Mapping[str, LazyString] = {
    "hours": _("Working hours changed"),
    "days": _("Days off changed"),
    "limits": _("Limits changed"),
    "back": _("Gone back to an earlier version"),
}

SAID: Mapping[str, LazyString] = {
    "saved": _("It is saved. Due dates of open reports that are not over yet are counted anew in a few seconds."),
    "same": _("Nothing was changed."),
}


def said_of_limit(limit: Limit) -> str:
    """The limit in words: "2 working days"."""
    if limit.unit == "h":
        return ngettext("%(num)d working hour", "%(num)d working hours", limit.number)
    return ngettext("%(num)d working day", "%(num)d working days", limit.number)


def weekday_names() -> tuple[tuple[int, str], ...]:
    """The days of the week with their names, Monday first."""
    names = get_day_names("wide", context="stand-alone", locale=page_language())
    return tuple((day, names[day]) for day in WEEKDAYS)


def said_of_day(day: date) -> str:
    """A day with its weekday: "Mon 12 Jan 2026"."""
    return format_date(day, "EEE d MMM y", locale=page_language())
