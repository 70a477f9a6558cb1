"""What pages read: published figures only, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.figures.models import Edition, PublishedCount
from app.figures.places import ALL, Place

MEASURES = ("people", "reports", "gaps", "cases", "fixes")


@dataclass(frozen=True)
class Cell:
    """The figures of one cell; all of them None where it is kept back."""

    people: int | None = 0
    reports: int | None = 0
    gaps: int | None = 0
    cases: int | None = 0
    fixes: int | None = 0

    @property
    def is_hidden(self) -> bool:
        return self.reports is None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing, and this is known."""
        return not self.is_hidden and not any(getattr(self, name) for name in MEASURES)


@dataclass(frozen=True)
class Table:
    """Rows and columns are codes, ALL for the total, which comes last."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, row: str, column: str = ALL) -> Cell:
        return self.cells.get((row, column), Cell())


@dataclass(frozen=True)
class ClosedMonth:
    """A published month: its newest edition, when it first came out, and when it was last corrected, if it was."""

    month: date
    edition: int
    published_at: datetime
    corrected_at: datetime | None = None


@dataclass(frozen=True)
class MonthlyCell:
    """One month of a trend; `was` is what an earlier edition said, where a later one says otherwise."""

    closed: ClosedMonth
    cell: Cell
    was: Cell | None = None


@dataclass(frozen=True)
class MonthlyFigures:
    """All that is published of one month."""

    cells: Mapping[Place, Cell]

    def cell(self, country: str = ALL, sector: str = ALL, area: str = ALL) -> Cell:
        return self.cells.get(Place(country, sector, area), Cell())

    def by_country_and_sector(self, countries: Sequence[str], sectors: Sequence[str]) -> Table:
        """Countries as rows and sectors as columns, in this order, and the totals over all of them."""
        rows, columns = (*countries, ALL), (*sectors, ALL)
        return Table(rows, columns, {(c, s): self.cell(c, s) for c in rows for s in columns})

    def by_area(self, country: str, areas: Sequence[str], sector: str = ALL) -> Table:
        """Areas of this country as rows (NOT_KNOWN may be among them), the country last; one column."""
        rows = (*areas, ALL)
        return Table(rows, (ALL,), {(area, ALL): self.cell(country, sector, area) for area in rows})


def closed_months(session: Session) -> tuple[ClosedMonth, ...]:
    """The published months, the newest first. One statement."""
    editions: dict[date, list[datetime]] = {}
    for edition in session.scalars(select(Edition).order_by(Edition.month.desc(), Edition.number)):
        editions.setdefault(edition.month, []).append(edition.published_at)
    return tuple(
        ClosedMonth(month, len(at), at[0], at[-1] if len(at) > 1 else None) for month, at in editions.items()
    )


def read_month(session: Session, closed: ClosedMonth, country: str | None = None) -> MonthlyFigures:
    """The newest edition of this month, with the areas of this country only, or of none. One statement."""
    newest = and_(PublishedCount.month == closed.month, PublishedCount.edition == closed.edition)
    wanted = or_(PublishedCount.area == ALL, PublishedCount.country == (country or ALL))
    found = session.scalars(select(PublishedCount).where(newest, wanted))
    return MonthlyFigures({Place(row.country, row.sector, row.area): _cell(row) for row in found})


def read_trend(
    session: Session, months: Sequence[ClosedMonth], country: str = ALL, sector: str = ALL, area: str = ALL
) -> tuple[MonthlyCell, ...]:
    """These months of one cell, in their order. One statement."""
    place = zip(
        (PublishedCount.country, PublishedCount.sector, PublishedCount.area), (country, sector, area), strict=True
    )
    wanted = PublishedCount.month.in_([closed.month for closed in months])
    rows = session.scalars(select(PublishedCount).where(wanted, *(column == code for column, code in place)))
    cells = {(row.month, row.edition): _cell(row) for row in rows}
    return tuple(_monthly(closed, cells) for closed in months)


def _monthly(closed: ClosedMonth, cells: Mapping[tuple[date, int], Cell]) -> MonthlyCell:
    """The newest edition of this month, and the last one before it that said otherwise."""
    newest = cells.get((closed.month, closed.edition), Cell())
    earlier = (cells.get((closed.month, number), Cell()) for number in range(closed.edition - 1, 0, -1))
    return MonthlyCell(closed, newest, next((cell for cell in earlier if cell != newest), None))


def _cell(row: PublishedCount) -> Cell:
    return Cell(row.people, row.reports, row.gaps, row.cases, row.fixes)
