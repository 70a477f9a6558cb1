"""A numbered answer as people type it."""

from __future__ import annotations

import re
import unicodedata

_NUMBERED = re.compile(
    r"(?:(?:no|nr|number|num|option|opt|choice|namba|nambari|nomor|nomer|numéro|numero|lamba|nọmba|nomba)[.:]?\s*|[#(№°]\s*)?"
    r"(?P<number>\d{1,3})\s*[.,:;!)\]]*",
    re.IGNORECASE,
)
"""One number alone, perhaps introduced ("no 1", "#1", "(1)") or closed ("1.", "1)")."""

_KEYCAP = "\ufe0f\u20e3"


def read_choice(text: str, count: int) -> int | None:
    """The choice from 1 to `count` that the whole message is, None when it is anything else.

    Digits of every script are read (१, ১, ١, ௧, ౧). A number inside a longer message is no answer.
    """
    plain = unicodedata.normalize("NFKC", text).translate(dict.fromkeys(map(ord, _KEYCAP))).strip()
    found = _NUMBERED.fullmatch(plain)
    number = int(found["number"]) if found else 0
    return number if 1 <= number <= count else None
