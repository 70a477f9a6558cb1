"""Read the places that partners work in: names that a message may say instead of its area's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.directory.catalogue import Area
from app.directory.source import Table, key, quoted

IS_ALSO = "="
"""Stands between a place's usual name and its other names: "Keur Massar = Keur Mas, Keurmassar"."""


def read_places(tables: Iterable[Table], areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """The areas, each spoken of by the names under [places] of its country's file too.

    An unknown or foreign area, and a name that stands twice in one area, are mistakes of their file. A name that
    two areas have is none: people who write it are asked which of the two they mean.
    """
    named: dict[str, tuple[str, ...]] = {}
    codes = {area.code: area.country for area in areas}
    for table in tables:
        if "places" in table.values:
            named.update(_named(table, codes))
    return tuple(_spoken_of(area, named.get(area.code, ())) for area in areas)


def names_of(place: str) -> list[str]:
    """All names of a place as it is entered, the usual one first."""
    usual, _, others = place.partition(IS_ALSO)
    return [name.strip() for name in (usual, *others.split(",")) if name.strip()]


def _spoken_of(area: Area, places: tuple[str, ...]) -> Area:
    named = [names_of(place) for place in places]
    spoken = dict.fromkeys((*area.spoken, *(name for names in named for name in names)))
    aliases = {name: names[0] for names in named for name in names[1:]}
    return replace(area, spoken=tuple(spoken), aliases=aliases)


def _named(table: Table, codes: dict[str, str]) -> dict[str, tuple[str, ...]]:
    places = table.table("places", "places")
    taken = places.take({}, dict.fromkeys(places.values, "texts"))
    for code, listed in taken.items():
        _check(places, code, listed)
        if codes.get(code) != table.values.get("code"):
            places.wrong(f"unknown area {code!r} of {table.values.get('code')}", key(code))
    return {code: tuple(names) for code, names in taken.items()}


def _check(places: Table, code: str, listed: list[str]) -> None:
    """Each place needs a name with a letter in it, and each name stands once in its area."""
    seen: set[str] = set()
    for place in listed:
        names = names_of(place)
        if not names or not all(any(map(str.isalnum, name)) for name in names):
            places.wrong(f"{place!r} is no name of a place", key(code), quoted(place))
        for name in names:
            if name.casefold() in seen:
                places.wrong(f"{name!r} stands twice", key(code), quoted(place))
            seen.add(name.casefold())
