"""Orders to us, recognised when nothing else stands in the message: "stop pls" is one, "stop the mine" is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.reports.reference import WrongReference, read_reference
from app.understanding.fold import words_of
from app.understanding.phrasing import read_phrasing
from app.understanding.spoken import WRITTEN, spoken

FILE = "commands.toml"

Name = Literal["stop", "start", "help", "status", "read", "how", "erase", "my_data", "language", "call_me"]

NAMES: tuple[Name, ...] = (
    *("stop", "start", "help", "status", "read", "how", "erase", "my_data", "language", "call_me"),
)
"""The orders of the product's contract; of two that a message may mean, the first counts."""

LONGEST = 12
"""No order has more words."""

REFERENCE_WORDS = 3
"""A reference is at most so many words: KE, 4F7K, 2M9."""


@dataclass(frozen=True)
class Order:
    """An order and the language it was given in; `reference` as it was typed, for `status` only."""

    name: Name
    language: str
    reference: str | None = None


@dataclass(frozen=True)
class _Phrases:
    """The phrases of one order in one country: as written, without the words of politeness, and as sets; and all
    words that stand in any of them."""

    whole: dict[tuple[str, ...], str]
    polite: dict[tuple[str, ...], str]
    sets: dict[frozenset[str], str]
    words: frozenset[str]


def read_exact(words: Sequence[str], country: str) -> Order | None:
    """The order whose phrase these folded words are, nothing more and nothing less."""
    told = tuple(dict.fromkeys(words))
    for name in NAMES:
        language = _phrases(name, country).whole.get(told)
        if language:
            return Order(name, language)
    return None


def read_order(text: str, country: str) -> Order | None:
    """The order that this text is, politeness aside, in any of the country's languages; None for any other."""
    words = tuple(dict.fromkeys(words_of(text)))
    if not words or len(words) > LONGEST:
        return None
    return _alone(words, country) or _with_reference(text, country) or _phrased(words_of(text), country)


def _phrased(words: Sequence[str], country: str) -> Order | None:
    found = read_phrasing(words, country)
    return Order(*found) if found else None


def _alone(words: tuple[str, ...], country: str) -> Order | None:
    """First the order that the words are exactly, then one whose phrase stands among words of that order only."""
    told = tuple(word for word in words if word not in _polite(country)) or words
    for name in NAMES:
        language = _phrases(name, country).polite.get(told)
        if language:
            return Order(name, language)
    return next((Order(name, found) for name in NAMES if (found := _within(told, name, country))), None)


def _within(words: tuple[str, ...], name: Name, country: str) -> str | None:
    phrases, said = _phrases(name, country), frozenset(words)
    if not said <= phrases.words:
        return None
    return next((language for phrase, language in phrases.sets.items() if phrase <= said), None)


def _with_reference(text: str, country: str) -> Order | None:
    """A reference alone, or after words that ask for the state of a report."""
    raw = text.strip(" \t\r\n.!?,;:#()").split()
    for count in range(1, min(REFERENCE_WORDS, len(raw)) + 1):
        before, typed = tuple(words_of(" ".join(raw[:-count]))), " ".join(raw[-count:])
        if _may_be_reference(typed):
            asked = _alone(before, country) if before else Order("status", "en")
            return Order("status", asked.language, typed) if asked and asked.name == "status" else None
    return None


def _may_be_reference(typed: str) -> bool:
    """Whether it has the form of one: with a wrong check character only if digits make it look like no word."""
    if typed[:2].upper() not in WRITTEN:
        return False
    try:
        return read_reference(typed) is not None
    except WrongReference:
        return any(character.isdigit() for character in typed)


@cache
def _polite(country: str) -> frozenset[str]:
    return frozenset(word for phrase, _ in spoken(FILE, "polite", country) for word in words_of(phrase))


def _without(words: tuple[str, ...], asides: frozenset[str]) -> tuple[str, ...]:
    """The phrase without asides, unless that leaves nothing, or one word of several: "do not text" is more than
    "not"."""
    bare = tuple(word for word in words if word not in asides)
    return bare if len(bare) > 1 else words


@cache
def _phrases(name: Name, country: str) -> _Phrases:
    asides = _polite(country)
    whole: dict[tuple[str, ...], str] = {}
    polite: dict[tuple[str, ...], str] = {}
    for phrase, language in spoken(FILE, name, country):
        words = tuple(dict.fromkeys(words_of(phrase)))
        if words:
            whole.setdefault(words, language)
            polite.setdefault(_without(words, asides), language)
    sets = {frozenset(words): language for words, language in polite.items()}
    return _Phrases(whole, polite, sets, frozenset(word for words in whole for word in words))
