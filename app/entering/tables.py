"""Reading a table out of a CSV or XLSX that somebody sends, however large or broken, and writing an empty one."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from openpyxl import Workbook, load_workbook

from app.entering.entry import FIELDS

MOST_ROWS = 2000
BIGGEST = 3 * 1024 * 1024
"""Bytes of a file."""

BIGGEST_UNPACKED = 40 * 1024 * 1024
"""Bytes that an XLSX, which is a ZIP, may become: more is a bomb and no list of people."""

MOST_COLUMNS = 40
ZIP = b"PK\x03\x04"

Line = tuple[int, dict[str, str]]
"""Its number in the sheet, and its cells by the name of their column."""


class BadTable(ValueError):
    """This is no table that could be taken in; the message says what to do. `line` counts from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def read_table(content: bytes) -> list[Line]:
    """Its lines that are not empty. Raises BadTable."""
    if len(content) > BIGGEST:
        raise BadTable(_("The file is too large: at most 3 MB."))
    rows = _xlsx(content) if content.startswith(ZIP) else _csv(content)
    numbered = ((number, row) for number, row in enumerate(rows, 1))
    _first, head = next(numbered, (1, []))
    names = _names(head)
    lines = [(number, dict(zip(names, row, strict=False))) for number, row in numbered if any(row)]
    if not lines:
        raise BadTable(_("There is no line below the names of the columns."), 2)
    return lines


def _names(head: Sequence[str]) -> list[str]:
    names = [cell.lower() for cell in head]
    if "words" not in names and "problem" not in names:
        raise BadTable(_("The first line must name the columns: %(names)s", names=", ".join(FIELDS)))
    unknown = [name for name in names if name and name not in FIELDS]
    if unknown:
        raise BadTable(_("There is no column “%(name)s”. Use those of the empty sheet.", name=unknown[0][:40]))
    if len(set(filter(None, names))) < len([*filter(None, names)]):
        raise BadTable(_("A column is there twice."))
    return names


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTable(_("This is neither XLSX nor CSV in UTF-8. Save the sheet as one of them.")) from None
    first, _newline, _rest = text.partition("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        yield from _few([cell.strip() for cell in row] for row in reader)
    except csv.Error:
        raise BadTable(_("A quotation mark is open or out of place."), reader.line_num) from None


def _xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > BIGGEST_UNPACKED:
                raise BadTable(_("The file is too large: at most 3 MB."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        yield from _few([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
        book.close()
    except BadTable:
        raise
    except Exception as broken:  # a broken file breaks anywhere in the library
        raise BadTable(_("This XLSX cannot be read. Save the sheet again, or as CSV in UTF-8.")) from broken


def _few(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS + 1:
            raise BadTable(_("At most %(n)d lines at once. Cut the sheet in two.", n=MOST_ROWS), number)
        if len(row) > MOST_COLUMNS:
            raise BadTable(_("There are too many columns."), number)
        yield [_unquoted(cell) for cell in row]


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _unquoted(cell: str) -> str:
    """Without the quote by which spreadsheets keep a formula, or a number with its plus, as text."""
    return cell[1:] if cell.startswith("'") else cell


def empty_csv() -> bytes:
    """A sheet to fill in."""
    return "\ufeff".encode() + (",".join(FIELDS) + "\r\n").encode()


def empty_xlsx(codes: Iterable[tuple[str, str, str]]) -> bytes:
    """The same, with a second sheet of what may stand in which column: column, code, and what it means."""
    book = Workbook()
    sheet = book.active
    sheet.title = "reports"
    sheet.append(list(FIELDS))
    for column in "ABCDEFGHI":
        for row in sheet[f"{column}2:{column}200"]:
            row[0].number_format = "@"  # text: a number keeps its zero and its plus
    listed = book.create_sheet("codes")
    listed.append(["column", "code", "meaning"])
    for row in codes:
        listed.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
