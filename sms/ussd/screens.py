"""How much a screen of a telephone menu holds, and how a text is made to fit.

Source: 3GPP TS 23.038, 6.1.2.3 (USSD packing) and TS 24.090: a USSD string carries 160 octets, which is 182 septets
of GSM-7 or 80 UTF-16 units.
"""

from __future__ import annotations

from collections.abc import Callable

from sms.encoding import Encoding, encoding_of

ROOM = {Encoding.GSM7: 182, Encoding.UCS2: 80}

CUT = ".."
"""Stands where words were left out; an ellipsis would cost UCS-2."""


def fits(text: str) -> bool:
    """Whether one screen holds this text."""
    encoding = encoding_of(text)
    return encoding.units(text) <= ROOM[encoding]


def shorten(text: str, is_short: Callable[[str], bool] = fits) -> str:
    """The text, or as many of its first words as are short enough; never a part of a word.

    Not even one word fits: an empty text.
    """
    if is_short(text):
        return text
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        shorter = " ".join(words[:count]).rstrip(" ,;:-\n") + CUT
        if is_short(shorter):
            return shorter
    return ""
