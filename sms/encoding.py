"""The two encodings of a text message, and what a text needs in each.

Source: 3GPP TS 23.038 (formerly GSM 03.38), 6.2.1 default alphabet and 6.2.1.1 extension table; UCS-2 as networks
carry it today, which is UTF-16.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
"""127 characters of one septet; the 128th place is the escape to the extension table."""

GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters of two septets: the escape and themselves."""


class Encoding(Enum):
    """GSM-7 counts septets, UCS-2 counts UTF-16 code units."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"

    def size(self, character: str) -> int:
        """The units one character needs."""
        if self is Encoding.GSM7:
            return 2 if character in GSM_EXTENSION else 1
        return 2 if ord(character) > 0xFFFF else 1

    def units(self, text: str) -> int:
        return sum(map(self.size, text))


def encoding_of(text: str) -> Encoding:
    """GSM-7 when every character has a place there: one that has none makes the whole text UCS-2."""
    return Encoding.GSM7 if set(text) <= GSM_BASIC | GSM_EXTENSION else Encoding.UCS2


def septets(text: str) -> int | None:
    """How many septets a text needs, or None when GSM-7 cannot spell it."""
    return Encoding.GSM7.units(text) if encoding_of(text) is Encoding.GSM7 else None


_SPELLINGS = {
    **{"ɛ": "e", "Ɛ": "E", "ɔ": "o", "Ɔ": "O", "ɓ": "b", "Ɓ": "B", "ɗ": "d", "Ɗ": "D", "ƙ": "k", "Ƙ": "K"},
    **{"ƴ": "y", "Ƴ": "Y", "ɖ": "d", "Ɖ": "D", "ƒ": "f", "Ƒ": "F", "ɣ": "g", "Ɣ": "G", "ŋ": "ng", "Ŋ": "Ng"},
    **{"ʋ": "v", "Ʋ": "V", "œ": "oe", "Œ": "OE", "…": "...", "•": "-", "«": '"', "»": '"'},
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc`´", "'"),  # single quotes, prime, apostrophes
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),  # double quotes
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),  # hyphens, dashes, minus
    **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),  # spaces that do not break; French sets them before : ; ! ?
}
"""Letters of West African languages and typography that lose no mark but have no place in GSM-7."""

_WITH_ITS_MARKS = re.compile(".[\u0300-\u036f]*", re.DOTALL)


def to_gsm(text: str) -> str:
    """A spelling of the text in GSM-7, or the text unchanged when there is none (Hindi, an emoji).

    Marks are stripped only from letters that GSM-7 lacks: é stays, ẹ becomes e. This can change what a word
    means, so it is for outgoing texts whose owner chose it, never for what a person wrote. All or nothing: a text
    that stays UCS-2 would lose its marks and gain no room.
    """
    spelt = _WITH_ITS_MARKS.sub(lambda found: _plain(found[0]), unicodedata.normalize("NFC", text))
    return spelt if encoding_of(spelt) is Encoding.GSM7 else text


def _plain(letter: str) -> str:
    if encoding_of(letter) is Encoding.GSM7:
        return letter
    bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    return "".join(_SPELLINGS.get(c, c) for c in bare)
