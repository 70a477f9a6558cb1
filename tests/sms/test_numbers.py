from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.numbers import country_of, is_alphanumeric_sender, is_e164, normalise
from tests.sms.strategies import anything

COUNTRIES = ["GH", "ID", "IN", "KE", "NG", "SN", "ZA"]


@pytest.mark.parametrize(
    ("country", "national", "e164"),
    [
        ("GH", "024 412 3456", "+233244123456"),
        ("ID", "0812-1234-5678", "+6281212345678"),
        ("IN", "098765 43210", "+919876543210"),
        ("KE", "0712 345 678", "+254712345678"),
        ("NG", "0803 123 4567", "+2348031234567"),
        ("SN", "77 123 45 67", "+221771234567"),
        ("ZA", "082 123 4567", "+27821234567"),
    ],
)
def test_every_way_of_writing_a_number_is_the_same_number(country: str, national: str, e164: str) -> None:
    ways = [national, e164, e164[1:], f"00{e164[1:]}" if country not in {"KE", "ID", "NG"} else e164]
    assert {normalise(way, country) for way in ways} == {e164}
    assert normalise(e164, None) == e164
    assert country_of(e164) == country


@pytest.mark.parametrize(
    ("written", "country", "e164"),
    [
        ("+23408031234567", None, "+2348031234567"),
        ("९८७६५४३२१०", "IN", "+919876543210"),
        ("+٢٥٤٧١٢٣٤٥٦٧٨", None, "+254712345678"),
        ("০৯৮৭৬৫৪৩২১০", "IN", "+919876543210"),
        (" (0712) 345-678 ", "KE", "+254712345678"),
    ],
)
def test_odd_but_honest_spellings_are_understood(written: str, country: str | None, e164: str) -> None:
    assert normalise(written, country) == e164


@pytest.mark.parametrize(
    "written",
    [
        *("22384", "40404", "MTN", "M-PESA", "0800 MPESA1", "", "+", "0", "+254", "+2547123", "9" * 20),
        *("call 0712345678", "whatsapp:+254712345678", "\0", "\ud800", "+254712345678" * 40),
    ],
)
def test_what_nobody_can_call_is_no_number(written: str) -> None:
    assert normalise(written, "KE") is None


def test_a_bare_number_needs_a_country_and_is_never_guessed_into_another() -> None:
    assert normalise("0712345678", None) is None
    assert normalise("233244123456", None) is None
    assert normalise("233244123456", "KE") is None
    assert normalise("0712345678", "XX") is None


@given(anything | st.text("+0123456789 -()/,;x*#٠९০"), st.sampled_from([None, *COUNTRIES, "XX"]))
def test_any_text_gives_a_number_that_stays_itself_or_nothing(written: str, country: str | None) -> None:
    e164 = normalise(written, country)
    assert e164 is None or (is_e164(e164) and normalise(e164, None) == e164)


@given(anything)
def test_any_text_has_a_country_or_none(written: str) -> None:
    found = country_of(written)
    assert found is None or (len(found) == 2 and found.isupper())


def test_numbers_of_no_country_have_none() -> None:
    assert country_of("+80012345678") is None
    assert country_of("22384") is None
    assert country_of("MTN") is None


@pytest.mark.parametrize("number", ["254712345678", "+0254712345", "+254 712", "+12345", "+1" * 9, "+٢٥٤٧١٢٣٤٥"])
def test_e164_is_a_plus_and_seven_to_fifteen_ascii_digits(number: str) -> None:
    assert not is_e164(number)


def test_names_are_alphanumeric_senders_and_numbers_are_not() -> None:
    assert [is_alphanumeric_sender(sender) for sender in ("MTN", "M-Pesa 1", "+254712345678", "22384", "٢٢٣")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_range_that_was_given_out_yesterday_is_believed_if_the_number_is_whole() -> None:
    assert normalise("+254990000000", "KE") == "+254990000000"
    assert normalise("0990000000", "KE") is None
    assert normalise("+25412345", "KE") is None
