"""Whether a message says that it is for somebody else: "for my neighbour", "on behalf of an old man"."""

from __future__ import annotations

import re
from functools import cache

from app.understanding.fold import fold
from app.understanding.spoken import spoken

FILE = "for_another.toml"

_BETWEEN_WORDS = re.compile(r"[\s!-/:-@\[-`{-~«»“”‘’‚„…–—।॥¡¿]+")


def is_for_another(text: str, country: str) -> bool:
    """Whether one of the phrases of this country's languages stands in it, word for word."""
    said = _plain(text)
    return any(phrase in said for phrase in _phrases(country))


@cache
def _phrases(country: str) -> tuple[str, ...]:
    return tuple(_plain(phrase) for phrase, _ in spoken(FILE, "for_another", country))


def _plain(text: str) -> str:
    """The folded words between spaces, one before and one after: little words tell here, so all of them stay."""
    return f" {_BETWEEN_WORDS.sub(' ', fold(text)).strip()} "
