"""What is written as TOML reads as it was, and the shipped documents survive it."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.directory.load import DATA
from app.directory.reading import read_directory, read_sources
from app.directory.source import Source
from app.directory.writing import write_toml

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = TEXT | st.booleans() | st.dates() | st.lists(TEXT)
INLINE = st.lists(st.dictionaries(TEXT, TEXT | st.booleans(), min_size=1), min_size=1)
TABLES = st.recursive(
    st.dictionaries(TEXT, PLAIN, max_size=4),
    lambda inner: st.dictionaries(TEXT, PLAIN | inner | st.lists(inner, min_size=1, max_size=3), max_size=4),
    max_leaves=8,
)


@given(TABLES, INLINE)
def test_any_document_reads_as_it_was_written(values: dict, problems: list) -> None:
    document = {**values, "problems": problems}
    assert tomllib.loads(write_toml(document)) == document


@pytest.mark.parametrize("path", sorted(DATA.glob("??.toml")), ids=lambda path: path.stem)
def test_the_document_of_a_country_says_the_same_when_it_is_written_anew(path: Path) -> None:
    sources = {one.name: one.read_text(encoding="utf-8") for one in DATA.glob("*.toml")}
    anew = sources | {path.name: write_toml(tomllib.loads(sources[path.name]))}
    assert repr(read_sources([Source(*one) for one in sorted(anew.items())])) == repr(read_directory(DATA))


def test_what_toml_has_no_form_for_is_refused() -> None:
    with pytest.raises(TypeError):
        write_toml({"share": 0.5})


def test_a_day_is_a_day() -> None:
    assert write_toml({"valid_to": date(2026, 12, 31), "lead": True}) == "valid_to = 2026-12-31\nlead = true\n"
