"""How many message parts a text is sent and charged as, and where it breaks.

Source: 3GPP TS 23.040, 9.2.3.24.1: a part carries 140 octets, of which a concatenation header takes six. That
leaves 160 septets alone and 153 in company, or 70 and 67 UTF-16 units.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sms.encoding import Encoding, encoding_of

ALONE = {Encoding.GSM7: 160, Encoding.UCS2: 70}
IN_COMPANY = {Encoding.GSM7: 153, Encoding.UCS2: 67}


@dataclass(frozen=True)
class Segments:
    """`units` are septets or UTF-16 units of the whole text; `left_in_last` still fit into the last of `parts`."""

    encoding: Encoding
    units: int
    parts: int
    left_in_last: int


def count(text: str) -> Segments:
    """What a text costs. Takes any str; an empty one is one empty part."""
    encoding = encoding_of(text)
    parts = split(text)
    room = (ALONE if len(parts) == 1 else IN_COMPANY)[encoding]
    left = room - encoding.units(parts[-1])
    return Segments(encoding, encoding.units(text), len(parts), left)


def split(text: str) -> tuple[str, ...]:
    """The text in parts as phones receive them: no escape pair and no surrogate pair lies across two parts."""
    encoding = encoding_of(text)
    if encoding.units(text) <= ALONE[encoding]:
        return (text,)
    return tuple(_filled(text, encoding))


def _filled(text: str, encoding: Encoding) -> Iterator[str]:
    start, used = 0, 0
    for position, character in enumerate(text):
        size = encoding.size(character)
        if used + size > IN_COMPANY[encoding]:
            yield text[start:position]
            start, used = position, 0
        used += size
    yield text[start:]
