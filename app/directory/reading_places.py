"""Read the places that partners work in: names that a message may say instead of its area's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.directory.catalogue import Area
from app.directory.source import Table, key, quoted


def read_places(tables: Iterable[Table], areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """The areas, each spoken of by the names under [places] of its country's file too.

    An unknown or foreign area, and a name that two areas of a country have, are mistakes of their file.
    """
    named: dict[str, tuple[str, ...]] = {}
    codes = {area.code: area.country for area in areas}
    for table in tables:
        if "places" in table.values:
            named.update(_named(table, codes))
    return tuple(replace(area, spoken=_together(area, named.get(area.code, ()))) for area in areas)


def _together(area: Area, places: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*area.spoken, *places)))


def _named(table: Table, codes: dict[str, str]) -> dict[str, tuple[str, ...]]:
    places = table.table("places", "places")
    taken = places.take({}, dict.fromkeys(places.values, "texts"))
    _refuse_repeats(places, taken)
    for code in taken:
        if codes.get(code) != table.values.get("code"):
            places.wrong(f"unknown area {code!r} of {table.values.get('code')}", key(code))
    return {code: tuple(names) for code, names in taken.items()}


def _refuse_repeats(table: Table, taken: dict[str, list[str]]) -> None:
    seen: set[str] = set()
    for code, names in taken.items():
        for name in names:
            if name.casefold() in seen:
                table.wrong(f"{name!r} stands twice", key(code), quoted(name))
            seen.add(name.casefold())
