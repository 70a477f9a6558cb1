"""The keys that mean the same on every screen, and how a typed number is read."""

from __future__ import annotations

import unicodedata

BACK, MORE, HOME = "0", "98", "00"

_AROUND = " \t\n.,;:)(#]["


def read_key(text: str) -> str:
    """The answer as a key: digits of every script become ASCII (१, ১, ١), and what people put around them goes."""
    plain = unicodedata.normalize("NFKC", text).strip(_AROUND)
    return "".join(_digit(character) for character in plain)


def is_number(key: str) -> bool:
    return key.isascii() and key.isdigit()


def _digit(character: str) -> str:
    value = unicodedata.digit(character, None)
    return character if value is None else str(value)
