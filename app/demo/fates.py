"""What became of the demo's reports: the statuses that they have gone through, when, and why."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

UP_TO_RESOLVED = ("acknowledged", "in_follow_up", "resolved")
PATHS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "new": ((),),
    "acknowledged": (("acknowledged",),),
    "in_follow_up": (UP_TO_RESOLVED[:2],),
    "needs_information": (("needs_information",), ("acknowledged", "needs_information")),
    "resolved": (UP_TO_RESOLVED,),
    "reopened": ((*UP_TO_RESOLVED, "reopened"),),
    "confirmed": ((*UP_TO_RESOLVED, "confirmed"),),
    "unconfirmed": ((*UP_TO_RESOLVED, "unconfirmed"),),
    "closed": ((*UP_TO_RESOLVED, "confirmed", "closed"), (*UP_TO_RESOLVED, "unconfirmed", "closed")),
    "duplicate": (("duplicate",), ("acknowledged", "duplicate")),
    "not_a_report": (("not_a_report",),),
}
"""The ways to each status."""

FRESH, RECENT = timedelta(days=4), timedelta(days=25)
OF_FRESH = {"new": 60, "acknowledged": 26, "in_follow_up": 6, "needs_information": 4, "not_a_report": 4}
OF_RECENT = {
    **{"new": 6, "acknowledged": 28, "in_follow_up": 30, "needs_information": 8, "resolved": 10},
    **{"reopened": 4, "confirmed": 5, "unconfirmed": 1, "duplicate": 5, "not_a_report": 3},
}
OF_OLDER = {
    **{"acknowledged": 1, "in_follow_up": 2, "needs_information": 0.5, "resolved": 0.5, "reopened": 0.5},
    **{"confirmed": 3, "unconfirmed": 3, "duplicate": 4.5, "not_a_report": 3, "closed": 82},
}
"""Out of about a hundred: what came in before RECENT has ended by now, but for a few, which are overdue."""

PACES = (timedelta(hours=9), timedelta(days=1), timedelta(days=2), timedelta(days=4), timedelta(days=11))
"""From one step to the next: most in time, some late."""

REASONS: Mapping[str, tuple[str, ...]] = {
    "duplicate": ("The same place and the same week.", "A neighbour has told us of it already."),
    "not_a_report": ("Wrong number.", "No matter in it, asked once, nothing more came.", "An advertisement."),
    "unconfirmed": ("No answer after the reminder.",),
    "reopened": ("The person says that it is not mended.",),
}


@dataclass(frozen=True)
class Step:
    status: str
    at: datetime
    reason: str = ""


def choose_fate(chance: random.Random, told_at: datetime, now: datetime, may_repeat: bool) -> tuple[Step, ...]:
    """The steps up to now of what was told then; it becomes a duplicate only where it `may_repeat` another."""
    weights = _weights(now - told_at)
    status = chance.choices(list(weights), list(weights.values()))[0]
    if status == "duplicate" and not may_repeat:
        status = "acknowledged" if now - told_at < RECENT else "closed"
    path = chance.choice(PATHS[status])
    return tuple(_steps(chance, path, told_at, now))


def _weights(age: timedelta) -> Mapping[str, float]:
    if age < RECENT:
        return OF_FRESH if age < FRESH else OF_RECENT
    return OF_OLDER


def _steps(chance: random.Random, path: tuple[str, ...], told_at: datetime, now: datetime) -> Iterator[Step]:
    """None of them later than now."""
    pace = min(chance.choice(PACES), (now - told_at) / (len(path) + 1))
    for number, status in enumerate(path, 1):
        at = told_at + pace * (number - chance.random() / 3)
        yield Step(status, at, chance.choice(REASONS.get(status, ("",))))
