from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sms.message import InboundSms, OptOut, OutboundSms
from sms.redaction import mask, without_numbers


def test_a_mask_leaves_two_digits() -> None:
    assert mask("+254712345678") == "•••••••••••78"
    assert mask("7") == "7"
    assert mask("") == ""


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True), st.text(st.characters(categories=["L", "Z"])))
def test_no_number_survives_in_an_explanation(number: str, words: str) -> None:
    assert number[1:] not in without_numbers(f"{words} {number} {words}")


def test_error_codes_and_short_codes_stay_readable() -> None:
    told = without_numbers("Error 21610:\n +254 712-345-678 has left 22384")
    assert told == "Error 21610: ••• has left 22384"


def test_no_number_and_no_words_appear_in_a_repr() -> None:
    number, words = "+254712345678", "words of a person"
    messages = [InboundSms("id", number, "22384", words), OutboundSms("id", number, words), OptOut("22384", number)]
    assert not any(number in repr(message) or words in repr(message) for message in messages)
