"""Words and problem types as CSV: out and in again, with the line of every mistake."""

from __future__ import annotations

import copy
import csv
import io
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.directory.editing import entry_of
from app.directory.load import DATA
from app.directory.reading import DirectoryError
from app.directory.sheets import SHEETS, Sheet, sheet_change, write_sheet

KENYA = tomllib.loads((DATA / "ke.toml").read_text(encoding="utf-8"))
SLUG = "ke-health"
REPLACED = "\ufffd"
"""What stands where a file was not UTF-8: refused as a word."""

SPOKEN = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=REPLACED), min_size=1)


def brought_in(sheet: Sheet, text: str, values: dict[str, Any] = KENYA) -> dict[str, Any]:
    changed = copy.deepcopy(values)
    sheet_change(sheet, SLUG, text)(changed)
    return changed


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("path", sorted(DATA.glob("??.toml")), ids=lambda path: path.stem)
def test_a_sheet_that_was_not_touched_changes_nothing(path: Any, sheet: Sheet) -> None:
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    changed = copy.deepcopy(values)
    for entry in values["entry_points"]:
        sheet_change(sheet, entry["slug"], write_sheet(values, entry["slug"], sheet))(changed)
    assert changed == values


@given(st.lists(SPOKEN, min_size=1, unique=True))
def test_any_word_comes_back_as_it_was(words: list[str]) -> None:
    values = copy.deepcopy(KENYA)
    entry_of(values, SLUG)["words"] = {"sw": {"any": words}}
    text = write_sheet(values, SLUG, "words")
    assert not [row for row in csv.reader(io.StringIO(text)) if row[3][0] in "=+-@"]
    assert brought_in("words", text, values) == values


@pytest.mark.parametrize(
    ("sheet", "text", "line", "what"),
    [
        ("words", "", 1, "the first line must be table,language,group,text"),
        ("words", "text\ndawa", 1, "the first line must be table,language,group,text"),
        ("words", "table,language,group,text\n", 1, "there is no row"),
        ("words", "table,language,group,text\nwords,sw,any,dawa\n\nword,sw,any,nesi", 4, "unknown table 'word'"),
        ("words", "table,language,group,text\nwords,sw,,dawa", 2, "group is empty"),
        ("words", "table,language,group,text\nwords,sw,any,dawa,nesi", 2, "more than 4 columns"),
        ("words", 'table,language,group,text\nwords,sw,any,"dawa', 2, "unexpected end of data"),
        ("problems", "slug,name,gap_kind,sensitive\nke-health/x,X,absent,perhaps", 2, "sensitive must be yes, no"),
        ("problems", "slug,name,gap_kind,sensitive\nke-health/x,,absent", 2, "name is empty"),
        ("words", "table,language,group,text\nwords,fr,any,h\ufffdpital", 2, "is not UTF-8"),
        ("words", "table,language,group,text\n" + "x" * 200_000, 1, "longer than 200000 characters"),
    ],
)
def test_a_mistake_is_told_with_its_line(sheet: Sheet, text: str, line: int, what: str) -> None:
    with pytest.raises(DirectoryError) as refused:
        brought_in(sheet, text)
    assert refused.value.mistakes[0].line == line
    assert refused.value.mistakes[0].what.startswith(what)


@pytest.mark.parametrize("between", [";", "\t"])
def test_a_sheet_of_a_country_with_decimal_commas_is_read_too(between: str) -> None:
    text = f"table{between}language{between}group{between}text\nwords{between}sw{between}any{between}dawa, bure\n"
    assert brought_in("words", text)["entry_points"][0]["words"] == {"sw": {"any": ["dawa, bure"]}}


def test_a_problem_that_the_sheet_leaves_out_leaves_its_words_to_the_sector() -> None:
    text = "slug,name,gap_kind,sensitive\nke-health/no-drugs,No drugs,absent,yes"
    entry = entry_of(brought_in("problems", text), SLUG)
    assert [problem["slug"] for problem in entry["problems"]] == ["ke-health/no-drugs"]
    assert entry["problems"][0]["sensitive"] is True
    assert set(entry["words"]["sw"]) == {"any", "decisive", "no-drugs"}
    assert "zahanati imefungwa" in entry["words"]["sw"]["any"]
    assert set(entry["hints"]["sw"]) == {"no-drugs"}
