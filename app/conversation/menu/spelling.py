"""How names of the directory are spelt on a telephone's screen."""

from __future__ import annotations

import unicodedata

from sms.encoding import to_gsm

OWN_SPELLINGS = {"ee": str.maketrans("ŋŊ", "nN")}
"""How a letter is texted in this language, where it differs from what GSM-7 makes of it elsewhere."""

TEXTED_WITHOUT_MARKS = frozenset({"yo"})
"""GSM-7 has some of the marks of these languages' tones: to keep those alone would mislead, so people text none."""


def on_a_screen(name: str, language: str) -> str:
    """The name in letters of GSM-7, where it has any such spelling: one other letter would halve the screen."""
    spelt = name.translate(OWN_SPELLINGS.get(language, {}))
    return to_gsm(_bare(spelt) if language in TEXTED_WITHOUT_MARKS else spelt)


def _bare(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
