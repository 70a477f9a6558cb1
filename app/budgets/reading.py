"""Reading calendars and flows from their files. Every mistake is collected, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.budgets.calendar import Calendar, Day, Window
from app.budgets.flows import Flow
from app.budgets.wording import KINDS, LEVELS
from app.directory.source import Shape, Table, key, read_source

Read = TypeVar("Read")

LEAP_YEAR = 2024
LANGUAGES = ("en", "fr", "id")

_CALENDAR: dict[str, Shape] = {
    **dict.fromkeys(("slug", "country", "level", "year_starts", "source"), "text"),
    **{"confirmed": "flag", "windows": "tables"},
}
_WINDOW: dict[str, Shape] = {
    **dict.fromkeys(("name", "on", "from", "to"), "text"),
    **dict.fromkeys(("confirmed", "extended"), "flag"),
}
_FLOW: dict[str, Shape] = {
    **dict.fromkeys(("entry_point", "level"), "text"),
    **{"calendars": "texts", "how": "table"},
}


class BudgetDataError(ValueError):
    """A file does not say what it should; one `<file>:<line>: what is wrong` per line."""


def read_calendars(path: Path) -> tuple[Calendar, ...]:
    """The calendars of this file. Raises BudgetDataError."""
    return _read(path, "calendars", _calendar)


def read_flows(path: Path) -> tuple[Flow, ...]:
    """The flows of this file. Raises BudgetDataError."""
    return _read(path, "flows", _flow)


def _read(path: Path, name: str, read: Callable[[Table], Read]) -> tuple[Read, ...]:
    source = read_source(path)
    found = tuple(read(table) for table in Table(source, source.tables()).tables(name, name))
    if source.errors:
        raise BudgetDataError("\n".join(f"{source.name}:{line}: {wrong}" for line, wrong in sorted(source.errors)))
    return found


def _calendar(table: Table) -> Calendar:
    taken = table.take(_CALENDAR, {"address": "text"})
    _one_of(table, "level", taken["level"], LEVELS)
    return Calendar(
        slug=taken["slug"],
        country=taken["country"],
        level=taken["level"],
        year_starts=_day(table, "year_starts", taken["year_starts"]),
        is_confirmed=taken["confirmed"],
        source=taken["source"],
        address=taken["address"] or None,
        windows=tuple(_window(window, taken["confirmed"]) for window in table.inline_tables("windows")),
    )


def _window(table: Table, confirmed: bool) -> Window:
    taken = table.take({"kind": "text"}, _WINDOW)
    _one_of(table, "kind", taken["kind"], KINDS)
    first, last = _days(table)
    return Window(
        kind=taken["kind"],
        name=taken["name"] or None,
        first=_day(table, "from", first),
        last=_day(table, "to", last),
        is_confirmed=taken["confirmed"] if "confirmed" in table.values else confirmed,
        is_extended=taken["extended"],
    )


def _days(table: Table) -> tuple[str, str]:
    given = {name: table.values[name] for name in ("on", "from", "to") if isinstance(table.values.get(name), str)}
    if set(given) == {"on"}:
        return given["on"], given["on"]
    if set(given) != {"from", "to"}:
        table.wrong("a window has either 'on', or 'from' and 'to'")
    return given.get("from", "01-01"), given.get("to", "01-01")


def _day(table: Table, name: str, text: str) -> Day:
    """The day in MM-DD, 29 February included; the first of January where it is wrong."""
    if re.fullmatch(r"\d\d-\d\d", text):
        month, day = map(int, text.split("-"))
        try:
            date(LEAP_YEAR, month, day)
        except ValueError:
            pass
        else:
            return Day(month, day)
    table.wrong(f"{text!r} is not a day such as 02-28", key(name))
    return Day(1, 1)


def _flow(table: Table) -> Flow:
    taken = table.take(_FLOW)
    _one_of(table, "level", taken["level"], LEVELS)
    how = Table(table.source, taken["how"], table.landmarks)
    return Flow(
        entry_point=taken["entry_point"],
        level=taken["level"],
        calendars=tuple(taken["calendars"]),
        how=how.take(dict.fromkeys(LANGUAGES, "text")),
    )


def _one_of(table: Table, name: str, value: str, known: dict[str, object]) -> None:
    if value and value not in known:
        table.wrong(f"unknown {name} {value!r}: one of {', '.join(known)}", key(name))
