"""Figures as CSV, with a second header row of HXL tags (https://hxlstandard.org) by which programmes read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.figures.places import ALL
from app.figures.reading import MEASURES, Cell, ClosedMonth

TAGS = {
    "month": "#date+month",
    "country": "#country+code",
    "sector": "#sector+code",
    "area": "#adm1+code",
    "area_name": "#adm1+name",
    "people": "#affected+people",
    "reports": "#indicator+reports+num",
    "gaps": "#indicator+gaps+num",
    "cases": "#indicator+cases+num",
    "fixes": "#indicator+fixes+num",
    "kept_back": "#meta+kept_back",
    "edition": "#meta+edition",
}
"""Columns and their tags. `kept_back` is 1 where the numbers are left empty."""

EVERY = "all"
"""What a total says in place of a code."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""

FIGURES = (*MEASURES, "kept_back", "edition")


def csv_of(places: Sequence[str], rows: Iterable[tuple[ClosedMonth, Sequence[str], Cell]]) -> str:
    """A file of the month, these columns of places (names of TAGS) and all figures, one row for each cell."""
    columns = ("month", *places, *FIGURES)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerow([TAGS[name] for name in columns])
    writer.writerows([_safe(value) for value in _row(closed, codes, cell)] for closed, codes, cell in rows)
    return written.getvalue()


def _row(closed: ClosedMonth, codes: Sequence[str], cell: Cell) -> Iterator[str]:
    yield _month(closed.month)
    yield from (EVERY if code == ALL else code for code in codes)
    numbers = (getattr(cell, name) for name in MEASURES)
    yield from ("" if number is None else str(number) for number in numbers)
    yield from (str(int(cell.is_hidden)), str(closed.edition))


def _month(month: date) -> str:
    return f"{month:%Y-%m}"


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
