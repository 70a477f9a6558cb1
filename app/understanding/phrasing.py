"""Orders by what their words stand for: a verb, what it is done to, a negation, and what is said beside.

People give an order in too many ways for a list of phrases ("acha kunitumia sms", "take my number off ur list"),
but with few kinds of words. `data/phrasing.toml` says for each language what a word stands for, and which of these
together make an order. A message is one only when every word of it stands for something that has its place there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.understanding.fold import is_indic, words_of
from app.understanding.model import is_matter
from app.understanding.spoken import languages_of, word_lists

FILE = "phrasing.toml"

LONGEST = 14
"""No order has more words."""

WORDS_KEPT = 8192
"""What so many words may stand for is kept: people invent words without end."""

LONGEST_PHRASE = 4
SHORTEST_STEM = 3
"""A shorter stem begins too many other words."""

MOST_MISSPELT = 1
SHORTEST_MISSPELT = 5
"""Of shorter words too many others are one letter away."""

_DIGITS = re.compile(r"\d+(?:am|pm|h|hrs)?")

Meanings = frozenset[tuple[str, str]]
"""What a phrase may stand for, each with the language it does so in."""

NUMERAL: Meanings = frozenset((("digits", ""),))


@dataclass
class Lexicon:
    """The words of one country's languages: whole phrases, beginnings of words, and parts that stand in the
    middle."""

    whole: dict[tuple[str, ...], set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    stems: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    inner: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True)
class Pattern:
    order: str
    needed: frozenset[str]
    allowed: frozenset[str]


def read_phrasing(words: Sequence[str], country: str) -> tuple[str, str] | None:
    """The order's name and the language it was given in; None where a word has no place in any order."""
    if not words or len(words) > LONGEST:
        return None
    said = _said(words, country)
    if said is None:
        return None
    fitting = [pattern for pattern in _patterns() if _fits(pattern, said)]
    if not fitting:
        return None
    best = max(fitting, key=lambda pattern: len(pattern.needed))
    return best.order, _language(said, best, country)


def _said(words: Sequence[str], country: str) -> list[Meanings] | None:
    """What each phrase may stand for, the longest phrases first; None when more is unknown than a misspelt word."""
    said: list[Meanings] = []
    unknown: list[tuple[int, str]] = []
    position = 0
    while position < len(words):
        count, meanings = _phrase_at(words, position, country)
        if not meanings:
            unknown.append((len(said), words[position]))
            if len(unknown) > MOST_MISSPELT:
                return None
        said.append(meanings)
        position += count
    for place, word in unknown:
        if not is_matter(word):
            said[place] = _corrected(word, country)
    return said if all(said) else None


def _phrase_at(words: Sequence[str], position: int, country: str) -> tuple[int, Meanings]:
    lexicon = _lexicon(country)
    for count in range(min(LONGEST_PHRASE, len(words) - position), 1, -1):
        found = lexicon.whole.get(tuple(words[position : position + count]))
        if found:
            return count, frozenset(found)
    return 1, _of_word(words[position], country)


@lru_cache(maxsize=WORDS_KEPT)
def _of_word(word: str, country: str) -> Meanings:
    lexicon = _lexicon(country)
    if _DIGITS.fullmatch(word):
        return NUMERAL
    found = set(lexicon.whole.get((word,), ()))
    for cut in range(SHORTEST_STEM, len(word) + 1):
        found |= lexicon.stems.get(word[:cut], set())
    for part, meanings in lexicon.inner.items():
        if part in word:
            found |= meanings
    return frozenset(found)


def _corrected(word: str, country: str) -> Meanings:
    """What the word would stand for with one letter more, less, other or exchanged."""
    if len(word) < SHORTEST_MISSPELT or is_indic(word) or not word.isalpha():
        return frozenset()
    found = process.extract(word, _correctable(country), scorer=OSA.distance, score_cutoff=1, limit=3)
    return frozenset(meaning for right, *_ in found for meaning in _of_word(right, country))


def _fits(pattern: Pattern, said: Iterable[Meanings]) -> bool:
    concepts = [{concept for concept, _ in meanings} for meanings in said]
    return pattern.needed <= set().union(*concepts) and all(one & pattern.allowed for one in concepts)


def _language(said: Iterable[Meanings], pattern: Pattern, country: str) -> str:
    """The language that most of what was needed was said in; the country's own order decides between equals."""
    votes = Counter(
        language
        for meanings in said
        for language in {language for concept, language in meanings if concept in pattern.needed}
    )
    ranks = languages_of(country)
    return min(votes, key=lambda language: (-votes[language], ranks.index(language)))


@cache
def _patterns() -> tuple[Pattern, ...]:
    lists = word_lists(FILE)
    return tuple(_read_patterns(lists["patterns"], lists["beside"]))


def _read_patterns(patterns: dict[str, list[str]], beside: dict[str, list[str]]) -> Iterator[Pattern]:
    for order, written in patterns.items():
        for pattern in written:
            needed = frozenset(pattern.split())
            yield Pattern(order, needed, needed | frozenset(beside[order]))


@cache
def _lexicon(country: str) -> Lexicon:
    lexicon, lists = Lexicon(), word_lists(FILE)
    for language in languages_of(country):
        for concept, phrases in lists.get(language, {}).items():
            for phrase in phrases:
                _add(lexicon, phrase, (concept, language))
    return lexicon


def _add(lexicon: Lexicon, phrase: str, meaning: tuple[str, str]) -> None:
    words = tuple(words_of(phrase))
    if not words:
        return
    if phrase.startswith("*"):
        lexicon.inner[words[0]].add(meaning)
    elif phrase.endswith("*") and len(words) == 1:
        lexicon.stems[words[0]].add(meaning)
    lexicon.whole[words].add(meaning)


@cache
def _correctable(country: str) -> tuple[str, ...]:
    whole = _lexicon(country).whole
    return tuple(words[0] for words in whole if len(words) == 1 and len(words[0]) >= SHORTEST_MISSPELT)
