"""Orders in words of people's own, and complaints made of the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.understanding.meaning import understand
from app.understanding.orders import NAMES
from app.understanding.phrasing import FILE, read_phrasing
from app.understanding.spoken import WRITTEN, word_lists
from tests.app.understanding.directory_data import shipped_directory

ORDERS = [
    ("KE", "acha kunitumia sms", "stop"),
    ("GH", "take my number off ur list", "stop"),
    ("ID", "jangan sms saya lagi dong", "stop"),
    ("ZA", "hou op om boodskappe te stuur", "stop"),
    ("KE", "nataka msaada", "help"),
    ("NG", "my language is hausa", "language"),
    ("KE", "delete my number", "erase"),
    ("NG", "wetin una sabi about me", "my_data"),
    ("KE", "call me tomorrow", "call_me"),
    ("KE", "how does the money work", "how"),
    ("SN", "d'où vient l'argent", "how"),
    ("KE", "what hapened to my report", "status"),
    ("IN", "meri shikayat kahan tak pahunchi", "status"),
    ("IN", "मुझे मैसेज मत भेजो", "stop"),
    ("NG", "abeg make una dey send me message again", "start"),
]
COMPLAINTS = [
    ("KE", "stop the mine"),
    ("KE", "they stopped the grant"),
    ("KE", "help, no water for 3 weeks"),
    ("KE", "call the doctor, he is never there"),
    ("GH", "they removed my name from the list"),
    ("ID", "uang belum turun"),
    ("ID", "saya dicoret dari daftar"),
    ("IN", "list se hata diya"),
    ("KE", "where is my money"),
    ("KE", "we have no help"),
    ("IN", "உதவித்தொகை வரவில்லை"),
]


@pytest.mark.parametrize(("country", "text", "name"), ORDERS)
def test_an_order_in_peoples_own_words_is_obeyed(country: str, text: str, name: str) -> None:
    assert understand(text, country, shipped_directory()).command == name


@pytest.mark.parametrize(("country", "text"), COMPLAINTS)
def test_a_complaint_with_the_words_of_an_order_is_none(country: str, text: str) -> None:
    assert understand(text, country, shipped_directory()).command is None


def test_every_pattern_can_be_said_in_some_language() -> None:
    lists = word_lists(FILE)
    said = {
        concept for heading, words in lists.items() if heading not in ("patterns", "beside") for concept in words
    }
    needed = {
        concept for written in lists["patterns"].values() for pattern in written for concept in pattern.split()
    }
    assert needed <= said
    assert lists["patterns"].keys() == lists["beside"].keys() == set(NAMES)


def test_one_misspelt_word_is_forgiven_and_two_are_not() -> None:
    assert read_phrasing(["delete", "everithing"], "KE") == ("erase", "en")
    assert read_phrasing(["delate", "everithing"], "KE") is None


@given(st.lists(st.text(min_size=1, max_size=12), max_size=16), st.sampled_from(sorted(WRITTEN)))
def test_no_words_break_the_reading(words: list[str], country: str) -> None:
    found = read_phrasing(words, country)
    assert found is None or found[0] in NAMES
