"""How amounts, rates and lines of a budget look on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

from app.access.speaking import page_language
from app.followup.rates import Line, rounded
from app.followup.wording import PHASES, label

BAR_WIDTH = 200
"""Units of the picture: what the largest amount of a line measures."""


@dataclass(frozen=True)
class Bar:
    """One phase of a line. `per_head` is None where nobody said how many people are affected."""

    phase: str
    amount: str
    width: int
    per_head: str | None


@dataclass(frozen=True)
class ShownLine:
    """One line of a budget with its rates in per cent; None where a figure for it is missing."""

    fiscal_year: str
    programme: str
    unit: str
    bars: tuple[Bar, ...]
    release: str | None
    execution: str | None
    utilisation: str | None

    @property
    def is_compared(self) -> bool:
        return any((self.release, self.execution, self.utilisation))


def shown_lines(lines: Sequence[Line], people: int | None) -> tuple[ShownLine, ...]:
    return tuple(_shown(line, people) for line in lines)


def amount(value: Decimal, unit: str) -> str:
    """The exact amount in the page's language, and its unit."""
    digits = format_decimal(value, "#,##0.######", locale=page_language(), decimal_quantization=False)
    return f"{digits} {unit}"


def percent(rate: Fraction | None) -> str | None:
    """A rate in per cent with one decimal."""
    if rate is None:
        return None
    return f"{format_decimal(rounded(rate * 100, 1), '#,##0.0', locale=page_language())}%"


def _shown(line: Line, people: int | None) -> ShownLine:
    most = max(line.amounts.values(), default=Decimal(0))
    return ShownLine(
        line.fiscal_year,
        line.programme,
        line.unit,
        tuple(_bar(line, phase, most, people) for phase in line.amounts),
        percent(line.release),
        percent(line.execution),
        percent(line.utilisation),
    )


def _bar(line: Line, phase: str, most: Decimal, people: int | None) -> Bar:
    value = line.amounts[phase]
    share = line.per_head(phase, people)
    return Bar(
        label(PHASES, phase),
        amount(value, line.unit),
        round(BAR_WIDTH * Fraction(value) / Fraction(most)) if most else 0,
        None if share is None else amount(rounded(share, 2), line.unit),
    )
