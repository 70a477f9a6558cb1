"""The trained model: what it says fits together, explains itself, and is learnt anew from the same data."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.understanding.fold import words_of
from app.understanding.meaning import understand
from app.understanding.model import MEANINGS, chances, evidence
from app.understanding.training import Example, softmax, train
from tests.app.understanding.directory_data import shipped_directory


@given(st.lists(st.text(min_size=1), max_size=20))
def test_chances_add_up_to_one(words: list[str]) -> None:
    told = chances(words, "KE")
    assert tuple(told) == MEANINGS
    assert math.isclose(sum(told.values()), 1.0)
    assert all(0 <= chance <= 1 for chance in told.values())


def test_words_that_tell_nothing_leave_all_meanings_alike() -> None:
    assert len(set(chances(["ⵣⵣⵣ"], "KE").values())) == 1


def test_a_misspelt_word_still_speaks() -> None:
    told = chances(words_of("no fertlizzer for our farmz"), "NG")
    assert max(told, key=lambda meaning: told[meaning]) == "agriculture"


def test_a_word_may_mean_another_thing_in_another_country() -> None:
    words = words_of("the bags have not come")
    told = {country: chances(words, country)["agriculture"] for country in ("GH", "ZA")}
    assert told["GH"] > told["ZA"]


def test_evidence_are_learnt_words_never_a_name() -> None:
    spoken = evidence(words_of("Wanjikuuu says nobody attended her fever"), "health")
    assert "fever" in spoken
    assert "wanjikuuu" not in spoken


def test_a_report_without_a_word_of_the_directory_explains_itself() -> None:
    meaning = understand("we are dying of thirst and drinking with the goats and cows", "KE", shipped_directory())
    assert meaning.entry_point == "ke-water-sanitation"
    assert meaning.evidence


def test_learning_twice_gives_the_same_and_tells_the_examples_apart() -> None:
    examples = [Example(("dry", "tap"), "KE", 0, 1.0), Example(("no", "nurse"), "KE", 1, 1.0)] * 20
    first, second = train(examples), train(examples)
    assert first.weights == second.weights
    told = softmax(first.scores({"=tap": 1.0}))
    assert told[0] == max(told)


def test_nothing_to_learn_from_is_refused() -> None:
    with pytest.raises(ValueError, match="no examples"):
        train([])
