"""Somebody who wants to know what is hidden: all that is published as equations, solved exactly in fractions.

Reports, people and gaps of each hidden cell are unknowns. Reports and gaps of a total are the sums of its parts;
people of a total are no more than those of its parts together and no fewer than those of any part; no cell has more
people or more gaps than reports; and a cell is hidden only where somebody has reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from app.figures.places import ALL, Count, Place
from tests.app.figures.simplex import Program, Unbounded

Cells = Mapping[Place, Count | None]
"""All that is published of a month: None where it is hidden."""

Known = Count | None
SUMS, ORDERED = ("reports", "gaps"), "people"


class Attack:
    """What can be inferred from these cells."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._program = Program()
        for place, cell in cells.items():
            if cell is None:
                self._limit(place)
        for total, parts in sums_of(cells):
            self._add_up(total, parts)

    def most(self, place: Place, measure: str) -> Fraction | None:
        """The most that this figure can be; None if there is no limit."""
        try:
            return self._program.most({(place, measure): Fraction(1)})
        except Unbounded:
            return None

    def least(self, place: Place, measure: str) -> Fraction:
        return -self._program.most({(place, measure): Fraction(-1)})

    def _limit(self, place: Place) -> None:
        reports, people, gaps = ((place, name) for name in ("reports", "people", "gaps"))
        self._program.at_least({reports: 1}, 1)
        self._program.at_least({reports: 1, people: -1}, 0)
        self._program.at_least({reports: 1, gaps: -1}, 0)

    def _add_up(self, total: Place, parts: tuple[Place, ...]) -> None:
        for measure in SUMS:
            self._say("equal", self._differences(measure, total, parts))
        self._say("at_least", self._differences(ORDERED, total, parts, sign=-1))
        for part in parts:
            self._say("at_least", self._differences(ORDERED, total, (part,)))

    def _differences(
        self, measure: str, total: Place, parts: tuple[Place, ...], sign: int = 1
    ) -> tuple[dict[object, int], int]:
        """The total less its parts (or, with the sign -1, the parts less the total): unknowns and what is known."""
        unknown: dict[object, int] = {}
        known = 0
        for place, factor in ((total, sign), *((part, -sign) for part in parts)):
            cell = self._cells[place]
            if cell is None:
                unknown[place, measure] = factor
            else:
                known += factor * getattr(cell, measure)
        return unknown, known

    def _say(self, relation: str, difference: tuple[dict[object, int], int]) -> None:
        unknown, known = difference
        if unknown:
            getattr(self._program, relation)(unknown, -known)


def sums_of(cells: Cells) -> Iterator[tuple[Place, tuple[Place, ...]]]:
    """Each total and the parts that add up to it, in every way that the tables show it."""
    for total in cells:
        for index, code in enumerate(total):
            parts = tuple(place for place in cells if _divides(place, total, index)) if code == ALL else ()
            if parts:
                yield total, parts


def _divides(place: Place, total: Place, index: int) -> bool:
    """Whether this is one of the parts when a total is divided by country, by sector or by area."""
    same = all(place[other] == total[other] for other in range(len(total)) if other != index)
    return same and place[index] != ALL
