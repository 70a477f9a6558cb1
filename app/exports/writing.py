"""The file itself: CSV as it is read, or XLSX, which is only whole at its end."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Rows = Iterable[Sequence[Sequence[str]]]
"""Rows of cells, in batches."""

BOM = "\ufeff"
"""By which spreadsheets know that a CSV is UTF-8."""

IN_MEMORY = 4 * 1024 * 1024
"""Bytes of a sheet that is kept in memory; a larger one is a nameless file until it is sent."""


def csv_of(head: Sequence[Sequence[str]], batches: Rows) -> Iterator[bytes]:
    """The file in pieces: these rows of headings, then all batches."""
    yield BOM.encode() + _lines(head)
    yield from map(_lines, batches)


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


def xlsx_of(title: str, head: Sequence[Sequence[str]], batches: Rows) -> IO[bytes]:
    """The whole file, open at its beginning. Every cell is text: nothing in it is computed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = f"B{len(head) + 1}"
    for row in head:
        sheet.append([_text(sheet, cell) for cell in row])
    for batch in batches:
        for row in batch:
            sheet.append([_text(sheet, cell) for cell in row])
    out = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    book.save(out)
    out.seek(0)
    return out


def _text(sheet: object, value: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
