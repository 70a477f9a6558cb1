"""How long each step may take: in hours or days of working time. Pure.

The steps are what a good service desk promises. *First answer*: a person has taken the report up, counted from the
moment when it first reached us. *Resolution*: it is resolved, or has come to another end, counted from the same
moment: being late with the first answer wins no time for the second. *Information*: the partner waits for the
person; meanwhile the time of the resolution stands still, but the waiting has a limit of its own, so that nobody is
forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from app.deadlines.working_time import WorkingTime

FIRST_ANSWER, RESOLUTION, INFORMATION = STEPS = ("first_answer", "resolution", "information")

Unit = Literal["h", "d"]
UNITS: tuple[Unit, ...] = ("h", "d")
MOST = {"h": 400, "d": 260}
"""A year of working days."""

WRITTEN = re.compile(r"([1-9][0-9]{0,2})([hd])")


@dataclass(frozen=True)
class Limit:
    """So many working hours or working days; a day is as long as the partner's own."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"

    def length(self, working: WorkingTime) -> timedelta:
        return self.number * (timedelta(hours=1) if self.unit == "h" else working.day_length)


@dataclass(frozen=True)
class Limits:
    """The limit of each step, and of how long after it the country's desk is told: `desk`."""

    first_answer: Limit
    resolution: Limit
    information: Limit
    desk: Limit

    def of(self, step: str) -> Limit:
        """The limit of one of the STEPS."""
        limit: Limit = getattr(self, step)
        return limit

    def but(self, own: Mapping[str, Limit]) -> Limits:
        """These limits where `own`, by the names above, says nothing else."""
        return replace(self, **own)


NAMES = (*STEPS, "desk")


def hours(number: int) -> Limit:
    return Limit(number, "h")


def days(number: int) -> Limit:
    return Limit(number, "d")


USUAL = Limits(first_answer=days(2), resolution=days(20), information=days(5), desk=days(3))

SENSITIVE = Limits(first_answer=hours(4), resolution=days(5), information=days(3), desk=days(1))
"""Somebody may be in danger, or fear to be: a person looks at it within half a day."""

BY_KIND: Mapping[str, Mapping[str, Limit]] = {
    "unsafe_quality": {"first_answer": days(1), "resolution": days(5), "desk": days(1)},
    "absent": {"resolution": days(10)},
    "broken": {"resolution": days(15)},
    "overcharged": {"resolution": days(15)},
    "late": {"resolution": days(15)},
}
"""Where harm grows by the day, and where mending is a matter of days and not of a budget."""


def default_limits(gap_kind: str | None, sensitive: bool) -> Limits:
    """What holds where a partner has set nothing else."""
    return SENSITIVE if sensitive else USUAL.but(BY_KIND.get(gap_kind or "", {}))


def read_limit(text: str) -> Limit | None:
    """The limit that is written so ("4h", "10d"); None for anything else, or more than a year."""
    written = WRITTEN.fullmatch(text)
    if written is None or int(written[1]) > MOST[written[2]]:
        return None
    return Limit(int(written[1]), "h" if written[2] == "h" else "d")
