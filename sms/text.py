"""Inbound text as it may be stored: everything the person wrote, nothing that a database or a page trips over."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?")

_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls other than tab and newline; PostgreSQL refuses NUL
    "\u202a-\u202e\u2066-\u2069]"  # bidi embeddings, overrides, isolates: they reorder the text around them
)
"""Joiners (U+200C, U+200D) stay: Hindi, Marathi and Tamil are spelt with them."""


def clean(text: str) -> str:
    """The text in NFC, storable in PostgreSQL and safe to show. Takes any str, never raises, is idempotent.

    Halves of a surrogate pair are joined, lone ones become U+FFFD.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = _LINE_ENDS.sub("\n", whole)
    return unicodedata.normalize("NFC", _DROPPED.sub("", lines))
