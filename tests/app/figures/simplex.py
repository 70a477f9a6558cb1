"""Linear programmes over unknowns that are not negative, solved exactly: two phases, and Bland's rule."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

Row = dict[Any, Fraction]
ONE = "1"
"""The column of the constants."""


class Unbounded(ArithmeticError):
    """There is no largest value."""


class Infeasible(ArithmeticError):
    """What was said contradicts itself."""


class Program:
    """Each row says that its basic unknown is a constant less a sum of the others."""

    def __init__(self) -> None:
        self._said: list[tuple[Row, Fraction]] = []
        self._rows: dict[Any, Row] | None = None
        self._rank: dict[Any, int] = {}

    def equal(self, unknown: Mapping[Any, int], value: int) -> None:
        row = {name: Fraction(factor) for name, factor in unknown.items()}
        self._said.append((row, Fraction(value)))

    def at_least(self, unknown: Mapping[Any, int], value: int) -> None:
        self.equal({**unknown, ("over", len(self._said)): -1}, value)

    def most(self, objective: Mapping[Any, Fraction]) -> Fraction:
        """The largest value of this sum. Raises Unbounded or Infeasible."""
        if self._rows is None:
            self._begin()
        return self._climb(dict(objective))

    def _begin(self) -> None:
        """Phase one: an artificial unknown for each row, all of them driven to nought and then left out."""
        rows: dict[Any, Row] = {}
        for number, (row, value) in enumerate(self._said):
            sign = -1 if value < 0 else 1
            rows["made up", number] = {name: factor * sign for name, factor in row.items()} | {ONE: value * sign}
        names = {name for row in rows.values() for name in row} - {ONE}
        self._rank = {name: rank for rank, name in enumerate([*sorted(names, key=repr), *rows])}
        self._rows = rows
        if self._climb({name: Fraction(-1) for name in rows}) != 0:
            raise Infeasible
        self._leave_out_what_is_made_up()

    def _leave_out_what_is_made_up(self) -> None:
        for basic in [name for name in self._rows if _is_made_up(name)]:
            others = [name for name in self._rows[basic] if name != ONE and not _is_made_up(name)]
            if others:
                self._pivot(min(others, key=self._rank.__getitem__), basic)
            else:
                del self._rows[basic]
        for basic, row in self._rows.items():
            self._rows[basic] = {name: factor for name, factor in row.items() if not _is_made_up(name)}

    def _climb(self, objective: Row) -> Fraction:
        while True:
            gain = self._in_others(objective)
            better = [name for name, factor in gain.items() if name != ONE and factor > 0]
            if not better:
                return gain.get(ONE, Fraction(0))
            entering = min(better, key=self._rank.__getitem__)
            self._pivot(entering, self._leaving(entering))

    def _in_others(self, objective: Row) -> Row:
        """The objective in terms of what is not basic."""
        found: Row = {}
        for name, factor in objective.items():
            row = self._rows.get(name)
            if row is None:
                _add(found, {name: Fraction(1)}, factor)
            else:
                _add(found, {other: value if other == ONE else -value for other, value in row.items()}, factor)
        return found

    def _leaving(self, entering: Any) -> Any:
        limits = [
            (row.get(ONE, Fraction(0)) / row[entering], self._rank[basic], basic)
            for basic, row in self._rows.items()
            if row.get(entering, 0) > 0
        ]
        if not limits:
            raise Unbounded
        return min(limits, key=lambda limit: limit[:2])[2]

    def _pivot(self, entering: Any, leaving: Any) -> None:
        row = self._rows.pop(leaving)
        factor = row.pop(entering)
        solved = {name: value / factor for name, value in row.items()} | {leaving: 1 / factor}
        for other in self._rows.values():
            times = other.pop(entering, None)
            if times is not None:
                _add(other, solved, -times)
        self._rows[entering] = solved


def _add(row: Row, other: Row, factor: Fraction) -> None:
    for name, value in other.items():
        new = row.get(name, Fraction(0)) + value * factor
        if new:
            row[name] = new
        else:
            row.pop(name, None)


def _is_made_up(name: Any) -> bool:
    return isinstance(name, tuple) and name[0] == "made up"
