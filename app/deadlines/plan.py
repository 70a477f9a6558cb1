"""A partner's plan: when its people work, and how long the steps of each type of problem may take. Pure.

Kept as one small document, so that each version of it is kept whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from app.deadlines.limits import Limit, Limits, default_limits, read_limit
from app.deadlines.national import national_holidays
from app.deadlines.working_time import WorkingTime

OTHERS = ""
"""Stands for every report without limits of its own type."""

ZONES: Mapping[str, tuple[str, ...]] = {"ID": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")}
"""The time zones of a country that has more than its own one. None of them changes with the seasons."""

OPENS, CLOSES = time(8), time(17)
MONDAY_TO_FRIDAY = frozenset(range(5))

Own = Mapping[str, Mapping[str, Limit]]


@dataclass(frozen=True)
class Plan:
    """`off` are the partner's own days off with their names, `worked` the national holidays on which it works.

    `own` are the limits that it has set itself, by type of problem or OTHERS, and by the names of `Limits`.
    """

    country: str
    zone: str
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    opens: time = OPENS
    closes: time = CLOSES
    off: Mapping[date, str] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()
    own: Own = field(default_factory=dict)

    @property
    def working(self) -> WorkingTime:
        return WorkingTime(
            zone=self.zone,
            weekdays=self.weekdays,
            opens=self.opens,
            closes=self.closes,
            off=frozenset(self.off),
            worked=self.worked,
            holidays=lambda year: national_holidays(self.country, year),
        )

    def limits(self, problem_type: str | None, gap_kind: str | None, sensitive: bool) -> Limits:
        """What holds for such a report. Limits set for all others leave alone what is sensitive: it is quicker."""
        general = {} if sensitive else self.own.get(OTHERS, {})
        own = self.own.get(problem_type, {}) if problem_type else {}
        return default_limits(gap_kind, sensitive).but(general).but(own)

    def with_limits(self, about: str, own: Mapping[str, Limit]) -> Plan:
        """This plan with these limits for a type of problem or OTHERS; without any, the usual ones hold again."""
        others = {slug: limits for slug, limits in self.own.items() if slug != about}
        return replace(self, own=others | ({about: own} if own else {}))


def usual_plan(country: str, zone: str) -> Plan:
    """What holds for a partner that has changed nothing: its country's time zone, weekdays and holidays."""
    return Plan(country, zone)


def zones_of(country: str, zone: str) -> tuple[str, ...]:
    """The time zones that a partner there may work in."""
    return ZONES.get(country, (zone,))


def to_document(plan: Plan) -> dict[str, Any]:
    """The plan as JSON may hold it."""
    return {
        "zone": plan.zone,
        "weekdays": sorted(plan.weekdays),
        "opens": f"{plan.opens:%H:%M}",
        "closes": f"{plan.closes:%H:%M}",
        "off": {day.isoformat(): name for day, name in sorted(plan.off.items())},
        "worked": sorted(day.isoformat() for day in plan.worked),
        "own": {about: {name: str(limit) for name, limit in own.items()} for about, own in plan.own.items()},
    }


def from_document(country: str, document: Mapping[str, Any]) -> Plan:
    """The plan of a document that `to_document` made."""
    return Plan(
        country=country,
        zone=document["zone"],
        weekdays=frozenset(document["weekdays"]),
        opens=time.fromisoformat(document["opens"]),
        closes=time.fromisoformat(document["closes"]),
        off={date.fromisoformat(day): name for day, name in document["off"].items()},
        worked=frozenset(map(date.fromisoformat, document["worked"])),
        own={about: _limits(own) for about, own in document["own"].items()},
    )


def _limits(own: Mapping[str, str]) -> dict[str, Limit]:
    read = {name: read_limit(text) for name, text in own.items()}
    return {name: limit for name, limit in read.items() if limit}
