from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from sms.text import clean
from tests.sms.strategies import anything


@pytest.mark.parametrize(
    ("received", "kept"),
    [
        ("no\x00 water\x07\x9f\x7f", "no water"),
        ("one\r\ntwo\rthree\tfour\n", "one\ntwo\nthree\tfour\n"),
        ("\ud83d\ude00 and \ud83d alone", "😀 and \ufffd alone"),
        ("abc\u202edcba\u2066x\u2069", "abcdcbax"),
        ("क्\u200dष \u200c", "क्\u200dष \u200c"),
        ("e\u0301", "é"),
        ("\ufeffwater", "\ufeffwater"),
        ("  as written  ", "  as written  "),
    ],
)
def test_only_what_cannot_be_stored_or_shown_is_taken_out(received: str, kept: str) -> None:
    assert clean(received) == kept


@given(anything)
def test_any_text_becomes_storable(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert all(unicodedata.category(c) != "Cc" or c in "\n\t" for c in cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)


@given(anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
