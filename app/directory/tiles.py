"""Tile-grid maps: every area is the same square, so no border is disputed and no area is too small to be seen.

Positions are data, drawn by hand: tiles.toml. It stands beside the documents of the directory, as nobody edits it
in the product.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")
NO_AREA = ".."


@dataclass(frozen=True)
class Tile:
    """An area's square: columns and rows from nought, from the north-west. `code` is ISO 3166-2."""

    code: str
    column: int
    row: int

    @property
    def short(self) -> str:
        """The code without its country's."""
        return self.code.partition("-")[2]


@cache
def tiles_of(country: str) -> tuple[Tile, ...]:
    """The tiles of this country. Raises KeyError for one that has no grid."""
    return _grids()[country]


def rows_of(country: str) -> tuple[tuple[Tile | None, ...], ...]:
    """The grid of this country line by line, None where no area stands; nothing for one that has no grid."""
    squares = {(tile.column, tile.row): tile for tile in _grids().get(country, ())}
    if not squares:
        return ()
    columns, rows = (1 + max(place) for place in zip(*squares, strict=True))
    return tuple(tuple(squares.get((column, row)) for column in range(columns)) for row in range(rows))


@cache
def _grids() -> Mapping[str, tuple[Tile, ...]]:
    drawn = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {country: tuple(_read(country, drawing)) for country, drawing in drawn.items()}


def _read(country: str, drawing: str) -> list[Tile]:
    lines = enumerate(drawing.strip().splitlines())
    squares = ((code, column, row) for row, line in lines for column, code in enumerate(line.split()))
    return [Tile(f"{country}-{code}", column, row) for code, column, row in squares if code != NO_AREA]
