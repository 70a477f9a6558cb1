"""The closed figures that everybody may have: one month by country and sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.directory.catalogue import SECTORS
from app.figures.reading import MEASURES, ClosedMonth, Table, closed_months, read_month
from app.figures.spreadsheet import csv_of

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class NotPublished(LookupError):
    """That month is not closed, or is none."""


@dataclass(frozen=True)
class OpenFigures:
    """One closed month, and all that there are, the newest first."""

    months: tuple[ClosedMonth, ...]
    closed: ClosedMonth
    table: Table

    @property
    def csv(self) -> str:
        rows = ((self.closed, place, cell) for place, cell in self.table.cells.items())
        return csv_of(("country", "sector"), rows)


def read_figures(session: Session, month: str | None, countries: Sequence[str]) -> OpenFigures | None:
    """The figures of this month ("2026-10"), else of the newest; None before any month is closed. Two statements.

    `countries` are their codes in the order of the table. Raises NotPublished.
    """
    months = closed_months(session)
    if not months and not month:
        return None
    closed = next((one for one in months if month in (None, code_of(one))), None)
    if closed is None:
        raise NotPublished(month)
    return OpenFigures(months, closed, read_month(session, closed).by_country_and_sector(countries, SECTORS))


def code_of(closed: ClosedMonth) -> str:
    """The month as addresses and files spell it: 2026-10."""
    return f"{closed.month:%Y-%m}"


def measure_named(name: str | None) -> str:
    """What is counted: this measure, or people where there is no such one."""
    return name if name in MEASURES else MEASURES[0]
