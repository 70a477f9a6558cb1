"""The reviewer's pages and files: read, answer."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import gates
from app.database import transaction
from app.directory.catalogue import SECTORS, Directory
from app.directory.current import current_directory
from app.figures.disclosure import rules
from app.figures.reading import closed_months, read_month, read_trend
from app.figures.spreadsheet import csv_of
from app.figures.wording import MEANINGS, MEASURES
from app.figures.wording import SECTORS as SECTOR_NAMES
from app.review.filters import Filters, read_filters
from app.review.page import by_name, names_of, read_page, table_of_areas

bp = Blueprint("review", __name__, url_prefix="/review")
gates.staff(bp, frozenset({"reviewer"}))


@bp.get("")
def figures() -> ResponseReturnValue:
    with transaction() as session:
        page = read_page(session, request.args)
    words = {"sectors": SECTOR_NAMES, "measures": MEASURES, "meanings": MEANINGS, "rules": rules()}
    return render_template("review/figures.html", page=page, **words)


@bp.get("/countries.csv")
def countries() -> ResponseReturnValue:
    with transaction() as session:
        filters, directory = _filters(session)
        codes = [country.code for country in by_name(directory)]
        table = read_month(session, filters.closed).by_country_and_sector(codes, SECTORS)
    rows = ((filters.closed, place, cell) for place, cell in table.cells.items())
    return _csv("countries", filters, csv_of(("country", "sector"), rows))


@bp.get("/months.csv")
def months() -> ResponseReturnValue:
    with transaction() as session:
        filters, _directory = _filters(session)
        trend = read_trend(session, closed_months(session), *filters.place)
    rows = ((month.closed, filters.place, month.cell) for month in trend)
    return _csv("months", filters, csv_of(("country", "sector"), rows))


@bp.get("/areas.csv")
def areas() -> ResponseReturnValue:
    with transaction() as session:
        filters, directory = _filters(session)
        rows = list(_area_rows(session, filters, directory))
    return _csv("areas", filters, csv_of(("country", "sector", "area", "area_name"), rows))


def _area_rows(session: Session, filters: Filters, directory: Directory) -> Iterator:
    """The rows of one country's areas; without a country there is no such file."""
    country, sector = filters.place if filters.country else abort(404)
    names = names_of(directory)
    figures = read_month(session, filters.closed, country)
    for (area, _column), cell in table_of_areas(figures, country, sector, directory).cells.items():
        yield filters.closed, (country, sector, area, names.get(area, "")), cell


def _filters(session: Session) -> tuple[Filters, Directory]:
    directory, published = current_directory(), closed_months(session)
    return read_filters(request.args, published or abort(404), directory), directory


def _csv(name: str, filters: Filters, content: str) -> Response:
    parts = ("gapline", name, filters.country, filters.sector, f"{filters.closed.month:%Y-%m}")
    filename = "-".join(part.lower() for part in parts if part)
    headers = {"Content-Disposition": f'attachment; filename="{filename}.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)
