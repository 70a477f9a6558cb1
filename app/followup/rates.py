"""What the figures of a case say: release, execution, utilisation and per head, exactly. Pure.

release = released / approved, execution = executed / approved, utilisation = executed / released; a rate is a
fraction, so nothing is rounded before it is shown. Nothing is converted: each unit stands by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Protocol

PHASES = ("proposed", "approved", "revised", "released", "committed", "executed", "audited")

ENOUGH_DIGITS = Context(prec=60, rounding=ROUND_HALF_EVEN)


class Sourced(Protocol):
    """What of a figure is computed with. A later one of the same phase replaces an earlier one."""

    fiscal_year: str
    programme: str
    unit: str
    phase: str
    amount: Decimal


@dataclass(frozen=True)
class Line:
    """One programme in one fiscal year in one unit: its amount in each phase that is known."""

    fiscal_year: str
    programme: str
    unit: str
    amounts: Mapping[str, Decimal]

    @property
    def release(self) -> Fraction | None:
        return self._rate("released", "approved")

    @property
    def execution(self) -> Fraction | None:
        return self._rate("executed", "approved")

    @property
    def utilisation(self) -> Fraction | None:
        return self._rate("executed", "released")

    def per_head(self, phase: str, people: int | None) -> Fraction | None:
        """The amount of this phase for each of so many people."""
        amount = self.amounts.get(phase)
        return Fraction(amount) / people if amount is not None and people else None

    def _rate(self, part: str, whole: str) -> Fraction | None:
        above, below = self.amounts.get(part), self.amounts.get(whole)
        return Fraction(above) / Fraction(below) if above is not None and below else None


def lines_of(figures: Iterable[Sourced]) -> tuple[Line, ...]:
    """The figures, given in the order of their adding, by fiscal year (newest first), programme and unit."""
    found: dict[tuple[str, str, str], dict[str, Decimal]] = {}
    for figure in figures:
        found.setdefault((figure.fiscal_year, figure.programme, figure.unit), {})[figure.phase] = figure.amount
    newest = sorted(found.items(), key=lambda item: item[0][1:])
    newest.sort(key=lambda item: item[0][0], reverse=True)
    return tuple(Line(*key, _in_order(amounts)) for key, amounts in newest)


def _in_order(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {phase: amounts[phase] for phase in PHASES if phase in amounts}


def rounded(value: Fraction, places: int) -> Decimal:
    """To so many decimal places, halves to the even neighbour."""
    scaled = round(value * 10**places)  # exact: a fraction rounds half to even
    return Decimal(scaled).scaleb(-places, ENOUGH_DIGITS)
