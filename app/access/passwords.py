"""Passwords: what is accepted, and Argon2id for what is stored.

Rules: NIST SP 800-63B-4, section 3.1.1.2 (15 characters where a password stands alone, no composition rules,
a list of expected values refused, Unicode normalised), and OWASP ASVS 5.0, chapter 6.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 15
LONGEST = 256
"""Long enough for any passphrase, short enough that nobody makes us hash a book."""

FEWEST_DIFFERENT = 6
"""Different characters that a password must have: `aaaaaaaaaaaaaaaaa` is long, not strong."""

SEQUENCES = (
    *("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "98765432109876543210"),
    *("qwertyuiopasdfghjklzxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"),
)
EXPECTED = ("password", "passphrase", "motdepasse", "katasandi", "correcthorsebatterystaple", "letmein", "gapline")
"""What people type when asked for something long, and the product's own name."""

# OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, 2 passes, 1 lane. About 20 ms here, and many sign-ins
# at once still fit a small server's memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash(secrets.token_urlsafe())


class WeakPassword(ValueError):
    """The password is refused; the message says why, in English, and `fault` in one word."""

    def __init__(self, fault: str, why: str) -> None:
        super().__init__(why)
        self.fault = fault


def hash_password(password: str) -> str:
    """The Argon2id hash to store."""
    return _hasher.hash(_normal(password))


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether the password has this hash. None stands for no account, and takes as long."""
    try:
        _hasher.verify(password_hash or _nobody, _normal(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def check_strength(password: str, *about: str) -> None:
    """Raises WeakPassword. `about` holds what others know of the person: address, name, partner."""
    text = _normal(password)
    if len(text) < SHORTEST:
        raise WeakPassword("short", f"use at least {SHORTEST} characters; several words are easy to remember")
    if len(text) > LONGEST:
        raise WeakPassword("long", f"use at most {LONGEST} characters")
    if len(set(text)) < FEWEST_DIFFERENT or _is_repeated(text):
        raise WeakPassword("repeated", "do not repeat the same few characters")
    if len(_unexpected_part(text.casefold(), about)) < FEWEST_DIFFERENT:
        raise WeakPassword("expected", "do not use a common password, a row of keys, or your own name or address")


def _normal(password: str) -> str:
    whole = password.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFKC", whole)


def _is_repeated(text: str) -> bool:
    """A text that repeats a shorter one is found again inside its own double."""
    return (text + text).find(text, 1) < len(text)


def _unexpected_part(text: str, about: tuple[str, ...]) -> str:
    """What is left of the password without the words, rows of keys and names that anybody would try."""
    letters = re.sub(r"[\W_]+", "", text)
    known = [part for value in about for part in re.split(r"[\W_]+", value.casefold()) if len(part) > 3]
    for word in (*EXPECTED, *known):
        letters = letters.replace(word, "")
    for row in SEQUENCES:
        for length in range(len(row), 3, -1):
            letters = _without_runs(letters, row, length)
    return letters


def _without_runs(letters: str, row: str, length: int) -> str:
    for start in range(len(row) - length + 1):
        letters = letters.replace(row[start : start + length], "")
    return letters
