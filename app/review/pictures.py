"""Pictures drawn by the server: bars for months, shaded tiles for areas. Each has its table beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.directory.tiles import Tile, tiles_of
from app.figures.reading import Cell, MonthlyCell

HEIGHT = 100
"""Units of the picture: what the longest bar measures."""

SHADES = 4


@dataclass(frozen=True)
class Bar:
    """One month. `height` is None where the number is kept back."""

    month: MonthlyCell
    number: int | None
    height: int | None


@dataclass(frozen=True)
class ShadedTile:
    """An area's square. `shade` is from 0 (nothing) to SHADES, None where the number is kept back."""

    tile: Tile
    number: int | None
    shade: int | None


@dataclass(frozen=True)
class Map:
    """A country's tiles with the size of their grid. `steps` are the numbers from which each shade is used."""

    tiles: tuple[ShadedTile, ...]
    columns: int
    rows: int
    steps: tuple[int, ...]


def bars_of(months: Sequence[MonthlyCell], measure: str) -> tuple[Bar, ...]:
    """The months from left to right, the oldest first."""
    numbers = [getattr(month.cell, measure) for month in months]
    most = max((number for number in numbers if number), default=0)
    return tuple(
        Bar(month, number, None if number is None else _share(number, most, HEIGHT))
        for month, number in zip(months, numbers, strict=True)
    )


def map_of(country: str, cells: Mapping[str, Cell], measure: str) -> Map:
    """The tiles of this country, shaded in equal steps up to the largest number that is shown."""
    tiles = tiles_of(country)
    numbers = {tile: getattr(cells.get(tile.code, Cell()), measure) for tile in tiles}
    most = max((number for number in numbers.values() if number), default=0)
    return Map(
        tuple(ShadedTile(tile, number, _shade(number, most)) for tile, number in numbers.items()),
        1 + max(tile.column for tile in tiles),
        1 + max(tile.row for tile in tiles),
        _steps(most),
    )


def _steps(most: int) -> tuple[int, ...]:
    """From which number on each shade is used; fewer than SHADES where the largest number is small."""
    return tuple(dict.fromkeys(1 + (most - 1) * shade // SHADES for shade in range(SHADES))) if most else ()


def _shade(number: int | None, most: int) -> int | None:
    return None if number is None else sum(number >= step for step in _steps(most))


def _share(number: int, most: int, whole: int) -> int:
    return -(-number * whole // most) if number else 0
