"""References people can read over a bad line: `KE-7F3K9Q` plus a check character.

Six random characters of Crockford's base 32 and one by Luhn mod N with N = 32, which finds every single wrong
character and most swapped neighbours (Luhn mod N: ISO/IEC 7812-1 Annex B, generalised).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""

BASE = len(ALPHABET)
VALUE = {character: value for value, character in enumerate(ALPHABET)}
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
RANDOM_CHARACTERS = 6
SEPARATORS = re.compile(r"[\s\-‐‑‒–—.]+")


class WrongReference(ValueError):
    """The text has the form of a reference but its check character is wrong."""


@dataclass(frozen=True)
class Reference:
    country: str
    code: str

    def __str__(self) -> str:
        return f"{self.country}-{self.code}"


def new_reference(country: str) -> str:
    """A fresh random reference for this country; the database decides whether it is unused."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return f"{country}-{body}{check_character(body)}"


def check_character(body: str) -> str:
    """The Luhn mod 32 check character of these characters of the alphabet."""
    total = 0
    for position, character in enumerate(reversed(body)):
        doubled = VALUE[character] * (2 if position % 2 == 0 else 1)
        total += doubled // BASE + doubled % BASE
    return ALPHABET[-total % BASE]


def read_reference(text: str) -> Reference | None:
    """The reference in this text, read leniently, or None if the text has not the form of one.

    Any case, with or without hyphens and spaces, O as 0, I and L as 1. Raises WrongReference when only the
    check character is wrong.
    """
    characters = SEPARATORS.sub("", text)
    if not characters.isascii():  # in capitals, "ß" would be two characters of a reference
        return None
    country, code = characters[:2].upper(), characters[2:].upper().translate(READ_AS)
    if len(code) != RANDOM_CHARACTERS + 1 or not country.isalpha():
        return None
    if any(character not in VALUE for character in code):
        return None
    if check_character(code[:-1]) != code[-1]:
        raise WrongReference(f"{country}-{code}")
    return Reference(country, code)
