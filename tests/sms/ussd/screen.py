"""What a screen may be, counted by tables that are not ours."""

from __future__ import annotations

from functools import cache

from tests.sms.oracle import gsm_septets, utf16_units

septets_of = cache(gsm_septets)
"""Of one character; asked anew for each of a thousand screens it would take minutes."""


def assert_fits(text: str) -> None:
    """At most 182 septets in GSM-7, else 80 UTF-16 units: 160 octets either way."""
    septets = [septets_of(character) for character in text]
    if None in septets:
        assert utf16_units(text) <= 80, text
    else:
        assert sum(filter(None, septets)) <= 182, text
