"""Every area has one square of its own on the grid of its country."""

from __future__ import annotations

import pytest
from flask import Flask

from app.directory.current import current_directory
from app.figures.reading import Cell
from app.review.pictures import SHADES, bars_of, map_of
from app.review.tiles import tiles_of
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


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 7, 100])
def test_the_largest_number_is_the_darkest_and_nothing_is_blank(most: int) -> None:
    numbers = {"GH-UW": most, "GH-UE": 1, "GH-NE": 0}
    cells = {code: Cell(people=number, reports=number) for code, number in numbers.items()}
    drawn = map_of("GH", cells, "people")
    shades = {shaded.tile.code: shaded.shade for shaded in drawn.tiles}
    assert shades["GH-UW"] == len(drawn.steps) <= SHADES
    assert shades["GH-UE"] >= 1
    assert shades["GH-NE"] == shades["GH-AA"] == 0


def test_what_is_kept_back_has_no_shade_and_does_not_count_for_the_others() -> None:
    hidden = Cell(None, None, None, None, None)
    drawn = map_of("GH", {"GH-UW": hidden, "GH-UE": Cell(people=8, reports=8)}, "people")
    shades = {shaded.tile.code: (shaded.number, shaded.shade) for shaded in drawn.tiles}
    assert shades["GH-UW"] == (None, None)
    assert drawn.steps[-1] <= 8


def test_no_month_makes_no_bar() -> None:
    assert bars_of((), "people") == ()
