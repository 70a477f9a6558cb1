"""Months made up of people who report, and what is counted of them: the recount that the rollup is held against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from app.figures.disclosure import Rules
from app.figures.disclosure import rules as rules_of_the_product
from app.figures.places import Count, Place, totals_over

RULES: Rules = rules_of_the_product()


class Told(NamedTuple):
    """One report: who (None: nobody who can be answered), where and of which gap."""

    person: int | None
    place: Place
    gap: int | None = None


def counted(month: Iterable[Told]) -> dict[Place, Count]:
    """What is counted of these reports in every cell."""
    told = list(month)
    of_person = Counter(report.person for report in told)
    by_place: dict[Place, list[Told]] = defaultdict(list)
    for report in told:
        for place in (report.place, *totals_over(report.place)):
            by_place[place].append(report)
    return {place: _count(reports, of_person) for place, reports in by_place.items()}


def _count(reports: list[Told], of_person: Counter[int | None]) -> Count:
    people = {report.person for report in reports} - {None}
    gaps = {(report.place, report.gap) for report in reports if report.gap is not None}
    return Count(
        reports=len(reports),
        people=len(people),
        once=sum(of_person[person] == 1 for person in people),
        gaps=len(gaps),
    )


def crowd(place: Place, people: int, start: int = 0) -> list[Told]:
    """So many people who each report once from this place, of one gap."""
    return [Told(start + number, place, 1) for number in range(people)]
