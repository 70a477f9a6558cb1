"""Messages that report nothing: greetings, thanks, "who is this", advertisements with links, single characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from app.understanding.fold import is_indic, words_of
from app.understanding.spoken import spoken

FILE = "noise.toml"

LONGEST = 14
"""A greeting has no more words; what is longer has something to say."""

SHORTEST_WORD = 3
"""One Latin word of fewer letters tells nothing."""

_LINK = re.compile(
    r"https?://|www\.|\b(?:bit\.ly|wa\.me|t\.me|goo\.gl|tinyurl\.com)\b"
    r"|\b[a-z0-9-]+\.(?:com|co|net|org|info|xyz|tk|top|club|online|site|shop|cc|ly|me|io|ke|ng|gh|sn|za|id|in)"
    r"(?:\.[a-z]{2})?(?:/|\b(?!\.))",
    re.IGNORECASE,
)
_LAUGHTER = re.compile(r"\b(?:ha){2,}|\b(?:he){2,}\b|\blo+l\b|\bwk(?:wk)+|😂|🤣", re.IGNORECASE)


def is_empty(words: Sequence[str]) -> bool:
    """Whether there is nothing to read: no letters at all, or one Latin word of a letter or two."""
    if all(word.isdigit() for word in words):
        return True
    return len(words) == 1 and len(words[0]) < SHORTEST_WORD and not is_indic(words[0])


def is_greeting(words: Sequence[str], country: str) -> bool:
    """Whether the folded words are a greeting, thanks, "who is this" or the like, and nothing else."""
    if len(words) > LONGEST:
        return False
    if tuple(words) in _whole(country):
        return True
    core, around = _core(country), _around(country)
    return any(word in core for word in words) and all(word in core or word in around for word in words)


def is_advertisement(text: str, words: Sequence[str], country: str) -> bool:
    """A link together with the words of advertisements."""
    return _LINK.search(text) is not None and not _promotion(country).isdisjoint(words)


def has_link(text: str) -> bool:
    return _LINK.search(text) is not None


def is_laughing(text: str) -> bool:
    return _LAUGHTER.search(text) is not None


def has_greeting(words: Sequence[str], country: str) -> bool:
    """Whether one of the words is a greeting's own."""
    return not _core(country).isdisjoint(words)


@cache
def _core(country: str) -> frozenset[str]:
    return _words(country, "core")


@cache
def _around(country: str) -> frozenset[str]:
    return _words(country, "around")


@cache
def _promotion(country: str) -> frozenset[str]:
    return _words(country, "promotion")


def _words(country: str, heading: str) -> frozenset[str]:
    return frozenset(word for phrase, _ in spoken(FILE, heading, country) for word in words_of(phrase))


@cache
def _whole(country: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words_of(phrase)) for phrase, _ in spoken(FILE, "whole", country))
