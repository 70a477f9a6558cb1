"""Everything that the reviewer's page shows: published figures, and the cases that partners have shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.speaking import page_language
from app.directory.catalogue import SECTORS, Country, Directory
from app.directory.current import current_directory
from app.figures.places import ALL, NOT_KNOWN
from app.figures.reading import (
    Cell,
    ClosedMonth,
    MonthlyCell,
    MonthlyFigures,
    Table,
    closed_months,
    read_month,
    read_trend,
)
from app.followup.models import SHARED, Case
from app.review.filters import Filters, read_filters
from app.review.pictures import Bar, Map, bars_of, map_of

MOST_MONTHS = 24
MOST_CASES = 5


@dataclass(frozen=True)
class Areas:
    """One country's areas: a picture, and the rows of the table beside it, the largest first."""

    map: Map
    rows: tuple[tuple[str, str, Cell], ...]
    whole: Cell


@dataclass(frozen=True)
class ReviewPage:
    """`areas` is None unless a country is chosen; `names` are those of countries and areas."""

    filters: Filters
    months: Sequence[ClosedMonth]
    chosen: Cell
    overview: Table
    bars: tuple[Bar, ...]
    trend: tuple[MonthlyCell, ...]
    areas: Areas | None
    cases: Sequence[Case]
    names: Mapping[str, str]

    @property
    def countries(self) -> tuple[tuple[str, str], ...]:
        """What the filter offers: codes and names."""
        return tuple((code, self.names[code]) for code in self.overview.rows if code != ALL)


def read_page(session: Session, query: Mapping[str, str]) -> ReviewPage | None:
    """The page for this query, or None as long as no month is closed."""
    directory, months = current_directory(), closed_months(session)
    if not months:
        return None
    filters = read_filters(query, months, directory)
    figures = read_month(session, filters.closed, filters.country)
    trend = read_trend(session, months[:MOST_MONTHS][::-1], *filters.place)
    return ReviewPage(
        filters,
        months,
        figures.cell(*filters.place),
        figures.by_country_and_sector([country.code for country in by_name(directory)], SECTORS),
        bars_of(trend, filters.measure),
        trend[::-1],
        _areas(figures, filters, directory) if filters.country else None,
        _shared_cases(session, filters),
        names_of(directory),
    )


def by_name(directory: Directory) -> Sequence[Country]:
    """The countries in the order of their names in the page's language."""
    language = page_language()
    return sorted(directory.countries, key=lambda country: country.name_in(language))


def names_of(directory: Directory) -> Mapping[str, str]:
    """What countries and areas are called in the page's language, by their codes."""
    language = page_language()
    countries = {country.code: country.name_in(language) for country in directory.countries}
    areas = {area.code: area.name_in(language) for area in directory.areas}
    return countries | areas | {NOT_KNOWN: _("Area not known")}


def table_of_areas(figures: MonthlyFigures, country: str, sector: str, directory: Directory) -> Table:
    """The areas of a country in the order of their names, where people did not say which, and the country."""
    language = page_language()
    areas = sorted(directory.areas_of(country), key=lambda area: area.name_in(language).casefold())
    return figures.by_area(country, [*(area.code for area in areas), NOT_KNOWN], sector)


def _areas(figures: MonthlyFigures, filters: Filters, directory: Directory) -> Areas:
    country, sector = filters.place
    table, names = table_of_areas(figures, country, sector, directory), names_of(directory)
    cells = {area: table.cell(area) for area in table.rows if area != ALL}
    told = sorted(
        (area for area in cells if not cells[area].is_empty), key=lambda area: _rank(cells[area], filters)
    )
    rows = tuple((area, names[area], cells[area]) for area in told)
    return Areas(map_of(country, cells, filters.measure), rows, table.cell(ALL))


def _rank(cell: Cell, filters: Filters) -> tuple[bool, int]:
    """The largest first, and what is kept back after all others: an order by size would tell its size."""
    return cell.is_hidden, -(getattr(cell, filters.measure) or 0)


def _shared_cases(session: Session, filters: Filters) -> Sequence[Case]:
    chosen = {"country": filters.country, "sector": filters.sector}
    wanted = {name: code for name, code in chosen.items() if code}
    shared = select(Case).where(Case.visibility == SHARED).filter_by(**wanted)
    return session.scalars(shared.order_by(Case.changed_at.desc(), Case.id.desc()).limit(MOST_CASES)).all()
