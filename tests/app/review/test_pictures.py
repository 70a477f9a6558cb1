"""The picture of a country's areas shades what is shown, and says nothing of what is kept back."""

from __future__ import annotations

import pytest

from app.figures.reading import Cell
from app.review.pictures import SHADES, bars_of, map_of


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
