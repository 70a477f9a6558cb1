"""Words and problem types of an entry point as CSV, for people who work in spreadsheets: written, and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any, Literal

from app.directory.editing import TABLES_OF_WORDS, entry_of, set_problems, set_words
from app.directory.reading import DirectoryError, Mistake
from app.directory.source import NOT_UTF_8

Sheet = Literal["words", "problems"]
Values = dict[str, Any]
Row = dict[str, str]

SHEETS: tuple[Sheet, ...] = ("words", "problems")
COLUMNS: dict[Sheet, tuple[str, ...]] = {
    "words": ("table", "language", "group", "text"),
    "problems": ("slug", "name", "gap_kind", "sensitive"),
}
BIGGEST = 200_000
"""Characters of a sheet; all words of the largest entry point are under 30,000."""

NAME = "name_"
"""Begins the columns of problem types' names in other languages: `name_sw`."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute instead of show, if a cell began with it."""


def write_sheet(values: Values, slug: str, sheet: Sheet) -> str:
    """The CSV of this entry point of a country's document; raises NoSuchPart."""
    entry = entry_of(values, slug)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    languages = tuple(values.get("names", ())) if sheet == "problems" else ()
    writer.writerow((*COLUMNS[sheet], *(f"{NAME}{language}" for language in languages)))
    rows = _problem_rows(entry, values, languages) if sheet == "problems" else _word_rows(entry)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def sheet_change(sheet: Sheet, slug: str, text: str) -> Callable[[Values], None]:
    """The change that brings an entry point to what this CSV says. Raises DirectoryError with the CSV's lines."""
    if len(text) > BIGGEST:
        raise _wrong(sheet, 1, f"longer than {BIGGEST} characters")
    rows = _read(sheet, text)
    mistakes = [*_mistakes(sheet, rows)]
    if mistakes:
        raise DirectoryError(*(Mistake(f"{slug}.{sheet}.csv", line, what) for line, what in mistakes))
    return lambda values: _APPLY[sheet](values, slug, [row for _line, row in rows])


def _word_rows(entry: Values) -> Iterator[tuple[str, ...]]:
    for table in TABLES_OF_WORDS:
        for language, groups in entry.get(table, {}).items():
            for group, texts in groups.items():
                yield from ((table, language, group, text) for text in texts)


def _problem_rows(entry: Values, values: Values, languages: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for one in entry["problems"]:
        names = (values["names"][language].get(one["slug"], "") for language in languages)
        yield (one["slug"], one["name"], one["gap_kind"], "yes" if one.get("sensitive") else "", *names)


def _safe(cell: str) -> str:
    return f"'{cell}" if _needs_quote(cell) else cell


def _unsafe(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and _needs_quote(cell[1:]) else cell


def _needs_quote(cell: str) -> bool:
    """Also what would lose an apostrophe of its own when it is read back."""
    return cell.lstrip("'").startswith(FORMULA)


def _read(sheet: Sheet, text: str) -> list[tuple[int, Row]]:
    """The rows with the lines they end on. Raises DirectoryError for what is no such sheet."""
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        header = tuple(cell.strip().lower() for cell in next(reader, []))
        if not _is_header(sheet, header):
            raise _wrong(sheet, 1, f"the first line must be {','.join(COLUMNS[sheet])}")
        found = [(reader.line_num, [_unsafe(cell) for cell in row]) for row in reader if any(map(str.strip, row))]
    except csv.Error as error:
        raise _wrong(sheet, reader.line_num, str(error)) from None
    long = next((line for line, row in found if len(row) > len(header)), None)
    if long:
        raise _wrong(sheet, long, f"more than {len(header)} columns")
    return [(line, dict(zip(header, [*row, *[""] * len(header)], strict=False))) for line, row in found]


def _delimiter(text: str) -> str:
    """What stands between the columns: spreadsheets write semicolons where the comma is for decimals."""
    first, _, _ = text.partition("\n")
    return max(",;\t", key=first.count)


def _is_header(sheet: Sheet, header: tuple[str, ...]) -> bool:
    """Whether these are the columns, after which names of problem types in other languages may come."""
    known, more = header[: len(COLUMNS[sheet])], header[len(COLUMNS[sheet]) :]
    return known == COLUMNS[sheet] and all(sheet == "problems" and column.startswith(NAME) for column in more)


def _wrong(sheet: Sheet, line: int, what: str) -> DirectoryError:
    return DirectoryError(Mistake(f"{sheet}.csv", line, what))


def _mistakes(sheet: Sheet, rows: list[tuple[int, Row]]) -> Iterator[tuple[int, str]]:
    """What the document would not tell by the line of the CSV."""
    if not rows:
        yield 1, "there is no row"
    for line, row in rows:
        for column in COLUMNS[sheet]:
            if not row[column] and column != "sensitive":
                yield line, f"{column} is empty"
        if any(NOT_UTF_8 in cell for cell in row.values()):
            yield line, "is not UTF-8: save the sheet as CSV UTF-8"
        if sheet == "words" and row["table"] and row["table"] not in TABLES_OF_WORDS:
            yield line, f"unknown table {row['table']!r}: one of {', '.join(TABLES_OF_WORDS)}"
        if sheet == "problems" and row["sensitive"].lower() not in ("", "yes", "no"):
            yield line, "sensitive must be yes, no or empty"


def _put_words(values: Values, slug: str, rows: list[Row]) -> None:
    tables: dict[str, dict[str, dict[str, list[str]]]] = {}
    for row in rows:
        group = tables.setdefault(row["table"], {}).setdefault(row["language"], {}).setdefault(row["group"], [])
        if row["text"] not in group:
            group.append(row["text"])
    entry = entry_of(values, slug)
    for table in TABLES_OF_WORDS:
        for language in dict.fromkeys((*entry.get(table, {}), *tables.get(table, {}))):
            set_words(entry, table, language, tables.get(table, {}).get(language, {}))


def _put_problems(values: Values, slug: str, rows: list[Row]) -> None:
    set_problems(values, slug, map(_problem, rows))


def _problem(row: Row) -> Values:
    plain = {column: row[column] for column in ("slug", "name", "gap_kind")}
    names = {column.removeprefix(NAME): name for column, name in row.items() if column.startswith(NAME)}
    return {**plain, "sensitive": row["sensitive"].lower() == "yes", "names": names}


_APPLY: dict[Sheet, Callable[[Values, str, list[Row]], None]] = {"words": _put_words, "problems": _put_problems}
