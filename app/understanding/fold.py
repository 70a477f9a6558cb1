"""Spelling made equal: case, diacritics and invisible joiners no longer tell two writings apart.

Only the marks of Latin letters go. In Indic scripts a vowel sign is a letter of its own and stays; only
the nukta goes, which people leave out, and the candrabindu counts as the anusvara that stands in for it.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {
        **dict(zip("ɛɔɓɗɖƙƴŋƒɣʋʒəɩøłđıɲ", "eobddkynfgvzeioldin", strict=True)),
        **{"ß": "ss", "œ": "oe", "æ": "ae"},
        **dict.fromkeys("ʼʻ’‘`´", "'"),
        "ँ": "ं",
    }
)
_COMBINING_MARKS_OF_LATIN = "\u0300-\u036f\u1dc0-\u1dff"
_NUKTAS = "\u093c\u09bc\u0a3c\u0abc\u0b3c"
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff"
_DROPPED = re.compile(f"[{_COMBINING_MARKS_OF_LATIN}{_NUKTAS}{_INVISIBLE}]")

_INDIC = "\u0900-\u0963\u0966-\u0dff"
"""From Devanagari to Sinhala, without the danda, which ends a sentence."""
_WORD = re.compile(rf"(?:[^\W_]|[{_INDIC}])+")

FILLERS = frozenset(
    (
        *("a", "an", "and", "are", "at", "been", "for", "has", "have", "in", "is", "my", "of", "on"),
        *("our", "so", "that", "the", "there", "this", "to", "very", "was", "were", "your"),
    )
)
"""English words between the telling ones: "the drugs are finished" is "drugs finished"."""

_NO_FILLERS = re.compile(r"\b(?:tɔ|sɔ|ɔn)\b", re.IGNORECASE)
"""Words of Ewe and Twi that only folding makes equal to one: "tɔ" (stop) is not "to"."""


def fold(text: str) -> str:
    """The text in small letters without Latin diacritics: `Ọgwụ adịghị` becomes `ogwu adighi`."""
    if text.isascii():
        return text.lower()
    stripped = _DROPPED.sub("", unicodedata.normalize("NFKD", text))
    return stripped.casefold().translate(_LETTERS_WITHOUT_DECOMPOSITION)


def words_of(text: str) -> list[str]:
    """The folded words of a text in their order, without fillers and punctuation."""
    left_out = FILLERS if text.isascii() else FILLERS.difference(map(fold, _NO_FILLERS.findall(text)))
    return [word for word in _WORD.findall(fold(text)) if word not in left_out]


def is_indic(word: str) -> bool:
    return "\u0900" <= word[0] <= "\u0dff"
