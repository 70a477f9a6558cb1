"""Messages that report nothing: greetings, thanks, "who is this", advertisements with links, single characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.understanding.fold import is_indic, words_of
from app.understanding.model import is_known
from app.understanding.spoken import spoken

FILE = "noise.toml"

LONGEST = 14
"""A greeting has no more words; what is longer has something to say."""

SHORTEST_MISSPELT = 5
"""Of shorter words of greeting too many others are one letter away."""

WORDS_KEPT = 8192

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


def is_misspelt_greeting(words: Sequence[str], country: str) -> bool:
    """Whether it would be one but for slips of the finger: "thenks". To be asked once it is no order either."""
    known = _core(country) | _around(country)
    return len(words) <= LONGEST and is_greeting(
        [word if word in known else _corrected(word, country) or word for word in words], country
    )


def is_chain_letter(words: Sequence[str], country: str) -> bool:
    """Whether it wants to be passed on: a word of forwarding, and a number of people to forward it to."""
    said = set(words)
    told = (said & _chain(heading, country) for heading in ("forwarding", "recipients"))
    return all(told) and any(word.isdigit() or word in _chain("how_many", country) for word in words)


def is_advertisement(text: str, words: Sequence[str], country: str) -> bool:
    """A link together with the words of advertisements."""
    return _LINK.search(text) is not None and not _promotion(country).isdisjoint(words)


def has_link(text: str) -> bool:
    return _LINK.search(text) is not None


def is_laughing(text: str) -> bool:
    return _LAUGHTER.search(text) is not None


def is_half_greeting(words: Sequence[str], country: str) -> bool:
    """Whether one of the words is a greeting's own, and half of all words stand in greetings: "wrong" alone is in
    complaints too."""
    core, around = _core(country), _around(country)
    said = sum(word in core or word in around for word in words)
    return not core.isdisjoint(words) and 2 * said >= len(words)


@cache
def _core(country: str) -> frozenset[str]:
    return _words(country, "core")


@lru_cache(maxsize=WORDS_KEPT)
def _corrected(word: str, country: str) -> str | None:
    """The word of greeting that this one is a slip of the finger away from."""
    if len(word) < SHORTEST_MISSPELT or is_indic(word) or is_known(word):
        return None
    found = process.extractOne(word, _long(country), scorer=OSA.distance, score_cutoff=1)
    return found[0] if found else None


@cache
def _long(country: str) -> tuple[str, ...]:
    return tuple(word for word in _core(country) if len(word) >= SHORTEST_MISSPELT and not is_indic(word))


@cache
def _chain(heading: str, country: str) -> frozenset[str]:
    return _words(country, heading)


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
