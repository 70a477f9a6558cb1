"""Every area has one square of its own on the grid of its country."""

from __future__ import annotations

import pytest
from flask import Flask

from app.directory.current import current_directory
from app.directory.tiles import rows_of, tiles_of
from app.viewer import PUBLIC, acting_as

COUNTRIES = {"GH": 16, "ID": 38, "IN": 36, "KE": 47, "NG": 37, "SN": 14, "ZA": 9}


def test_the_tiles_are_the_197_areas_of_the_directory_once_each(app: Flask) -> None:
    with acting_as(PUBLIC):
        areas = sorted(area.code for area in current_directory().areas)
    assert sorted(tile.code for country in COUNTRIES for tile in tiles_of(country)) == areas
    assert len(areas) == 197


@pytest.mark.parametrize(("country", "number"), COUNTRIES.items())
def test_no_two_areas_share_a_square_and_each_touches_another(country: str, number: int) -> None:
    squares = {(tile.column, tile.row) for tile in tiles_of(country)}
    assert len(squares) == number
    islands = {"IN-AN", "IN-LD", "ID-AC", "ID-KR"}
    alone = {tile.code for tile in tiles_of(country) if not neighbours(tile.column, tile.row) & squares}
    assert alone <= islands


def neighbours(column: int, row: int) -> set[tuple[int, int]]:
    around = {(column + across, row + down) for across in (-1, 0, 1) for down in (-1, 0, 1)}
    return around - {(column, row)}


@pytest.mark.parametrize(
    ("northern", "southern"),
    [("GH-UE", "GH-AA"), ("ID-AC", "ID-JT"), ("IN-PB", "IN-KL"), ("KE-43", "KE-28"), ("NG-SO", "NG-LA")],
)
def test_north_is_at_the_top(northern: str, southern: str) -> None:
    rows = {tile.code: tile.row for tile in tiles_of(northern[:2])}
    assert rows[northern] < rows[southern]


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_lines_hold_every_tile_where_it_stands_and_are_equally_long(country: str) -> None:
    rows = rows_of(country)
    standing = {tile: place for place in numbered(rows) if (tile := rows[place[1]][place[0]])}
    assert standing == {tile: (tile.column, tile.row) for tile in tiles_of(country)}
    assert len({len(row) for row in rows}) == 1


def numbered(rows: tuple[tuple[object, ...], ...]) -> list[tuple[int, int]]:
    return [(column, row) for row, line in enumerate(rows) for column, _ in enumerate(line)]


def test_a_country_that_nobody_has_drawn_has_no_lines() -> None:
    assert rows_of("XX") == ()
