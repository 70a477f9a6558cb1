from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.understanding.fold import fold, words_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ọgwụ adịghị", "ogwu adighi"),
        ("ọ̀nà", "ona"),
        ("kuayɛ KƆKƆƆ", "kuaye kokoo"),
        ("ɓauna ɗaki ƙasa ƴan", "bauna daki kasa yan"),
        ("míaƒe ŋkɔ ɣe ʋuʋu", "miafe nko ge vuvu"),
        ("ÉGOUT bouché ça", "egout bouche ca"),
        ("mbënd ñaar", "mbend naar"),
        ("Murang’a", "murang'a"),
    ],
)
def test_latin_letters_lose_case_and_marks(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("word", ["छात्रवृत्ति", "शिष्यवृत्ती", "உதவித்தொகை", "అంగన్వాడీ", "বৃত্তি"])
def test_indic_vowel_signs_stay(word: str) -> None:
    assert [*words_of(word)] == [fold(word)]
    assert len(fold(word)) >= len(word)


def test_nukta_candrabindu_and_joiners_make_no_difference() -> None:
    assert fold("मुआवज़ा") == fold("मुआवजा")
    assert fold("आँगनवाड़ी") == fold("आंगनवाडी")
    assert fold("స్కాలర్‌షిప్") == fold("స్కాలర్షిప్")


def test_words_are_cut_at_punctuation_and_the_danda_and_lose_fillers() -> None:
    assert words_of("The drugs, they are FINISHED!") == ["drugs", "they", "finished"]
    assert words_of("पानी नहीं।सड़क") == ["पानी", "नहीं", fold("सड़क")]
    assert words_of("carte d'égalité") == ["carte", "d", "egalite"]


def test_a_word_of_ewe_is_no_english_filler() -> None:
    assert words_of("tɔ") == ["to"]
    assert words_of("to") == []


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_no_word_is_empty(text: str) -> None:
    assert all(words_of(text))
