"""What the page of a partner's plan shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.access.speaking import page_language
from app.deadlines.limits import NAMES, Limits
from app.deadlines.national import national_holidays
from app.deadlines.plan import OTHERS, Plan
from app.directory.catalogue import Directory, Partner, ProblemType


@dataclass(frozen=True)
class DayOff:
    """One day: a national holiday (perhaps one that is `worked`), or the partner's own."""

    day: date
    name: str
    is_own: bool
    is_worked: bool


@dataclass(frozen=True)
class LimitsOf:
    """The limits of one type of problem, or of all others (`about` is OTHERS); `own` names those set here."""

    about: str
    name: str
    limits: Limits
    own: frozenset[str]

    names = NAMES


def days_off(plan: Plan, years: tuple[int, ...]) -> tuple[DayOff, ...]:
    """The days off of these years, in order: national holidays in the page's language, and the partner's own."""
    national = {
        day: name
        for year in years
        for day, name in national_holidays(plan.country, year, page_language()).items()
        if day not in plan.off
    }
    found = [DayOff(day, name, is_own=False, is_worked=day in plan.worked) for day, name in national.items()]
    found += [
        DayOff(day, name, is_own=True, is_worked=False) for day, name in plan.off.items() if day.year in years
    ]
    return tuple(sorted(found, key=lambda one: one.day))


def limits_by_problem(plan: Plan, partner: Partner, directory: Directory) -> Iterator[LimitsOf]:
    """All other reports first, then the types of problems of the entry points where the partner triages."""
    yield limits_of(plan, None)
    for problem in problems_of(partner, directory):
        yield limits_of(plan, problem)


def limits_of(plan: Plan, problem: ProblemType | None) -> LimitsOf:
    """What holds for this type of problem; without one, for a report whose type is not known."""
    if problem is None:
        return LimitsOf(OTHERS, "", plan.limits(None, None, sensitive=False), frozenset(plan.own.get(OTHERS, ())))
    limits = plan.limits(problem.slug, problem.gap_kind, problem.sensitive)
    name = problem.name_in(page_language())
    return LimitsOf(problem.slug, name, limits, frozenset(plan.own.get(problem.slug, ())))


def problems_of(partner: Partner, directory: Directory) -> tuple[ProblemType, ...]:
    """Those of the entry points where reports may come to this partner."""
    return tuple(
        problem
        for entry in directory.entry_points
        if any(one.partner == partner.slug and one.role == "movement" for one in entry.serving)
        for problem in entry.problems
    )
