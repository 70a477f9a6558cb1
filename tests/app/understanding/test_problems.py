"""Problem types: hints and the trained model together, none where it is not clear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.understanding.meaning import understand
from app.understanding.problem_model import chances
from tests.app.understanding.directory_data import shipped_directory

TOLD = [
    ("KE", "hakuna dawa kwa dispensary", "ke-health/no-drugs"),
    ("KE", "the borehole pump broke down", "ke-water-sanitation/borehole-or-pump-broken"),
    ("GH", "they poured sand inside the fertilizer bag", "gh-agriculture/adulterated-or-underweight"),
    ("SN", "la fosse est pleine", "sn-water-sanitation/pit-full"),
    ("ZA", "rubbish is not collected in our section", "za-water-sanitation/rubbish-not-collected"),
    ("IN", "छात्रावास बंद है, एससी छात्र हूं", "in-education/hostel-closed"),
]


@pytest.mark.parametrize(("country", "text", "problem"), TOLD)
def test_a_plain_problem_is_told(country: str, text: str, problem: str) -> None:
    meaning = understand(text, country, shipped_directory())
    assert meaning.problem_type == problem
    assert meaning.gap_kind == shipped_directory().problem(problem).gap_kind


def test_a_report_that_tells_no_problem_gets_none() -> None:
    meaning = understand("we write about the hospital in our area", "KE", shipped_directory())
    assert (meaning.entry_point, meaning.problem_type, meaning.gap_kind) == ("ke-health", None, None)


def test_a_gap_kind_alone_is_told_where_two_problem_types_of_it_are_as_likely() -> None:
    meaning = understand("belum dapat bantuan", "ID", shipped_directory())
    assert (meaning.problem_type, meaning.gap_kind) == (None, "excluded")


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20), st.sampled_from(shipped_directory().entry_points))
def test_chances_of_any_words_are_whole(words: list[str], entry) -> None:
    told = chances(words, {problem.slug: problem.gap_kind for problem in entry.problems})
    assert told.keys() == {problem.slug for problem in entry.problems}
    assert sum(told.values()) == pytest.approx(1)


def test_a_problem_type_that_the_model_never_learnt_is_no_error() -> None:
    assert chances(["water"], {"ke-health/new": "absent", "ke-health/no-drugs": "absent"}).keys() == {
        "ke-health/new",
        "ke-health/no-drugs",
    }
