"""The words of one country's directory, arranged so that one walk through a message finds them all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from app.directory.catalogue import Directory, Word
from app.understanding.fold import fold, is_indic, words_of

SHORTEST_STEM = 4
"""An Indic word of fewer code points must stand as it is: shorter stems begin too many other words."""

SHORTEST_LOCATIVE = 3
"""A shorter name with a letter before it would be some other word."""

LONGEST_STEM = 32
"""No stem of the directory is longer; without a bound, one endless "word" would cost its length squared."""

DIRECTORIES_KEPT = 4 * 7
"""Indexes are kept for a few editions of the directory in its seven countries."""


@dataclass(frozen=True)
class Term:
    """What a phrase may stand for: a word of a sector, or (when `area` is set) the name of an area.

    `phrase` is its folded spelling, equal for "ọgwụ" and "ogwu"; `spelling` is a place's usual one, and
    `is_area_itself` tells the area's own name from a place by which people mean it.
    """

    phrase: str
    word: Word | None
    sector: str | None
    has_entry_point: bool
    area: str | None
    spelling: str = ""
    is_area_itself: bool = False

    @property
    def is_decisive(self) -> bool:
        return self.word is not None and self.word.kind == "decisive"


@dataclass
class Node:
    """A step in the tree of phrases: the words that may follow, and what a phrase ending here may mean."""

    following: dict[str, Node] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """A phrase found at words `start` to `end` (not included) of a message."""

    start: int
    end: int
    terms: tuple[Term, ...]

    @property
    def length(self) -> int:
        return self.end - self.start


@lru_cache(maxsize=DIRECTORIES_KEPT)
def index_of(directory: Directory, country: str) -> Node:
    """The tree of everything that can be recognised in messages of that country."""
    root = Node()
    for phrase, term in _phrases(directory, country):
        _add(root, words_of(phrase), term)
    return root


def matches(root: Node, words: list[str]) -> list[Match]:
    """Every phrase of the index in the message, overlapping ones too."""
    steps = [_readings(word) for word in words]
    return [
        Match(start, end, tuple(node.terms))
        for start in range(len(words))
        for end, node in _walk(root, steps, start)
        if node.terms
    ]


def _phrases(directory: Directory, country: str) -> Iterator[tuple[str, Term]]:
    for place, has_entry_point in _places(directory, country):
        for word in place.words:
            yield word.text, Term(fold(word.text), word, place.sector, has_entry_point, None)
    for area in directory.areas_of(country):
        for name in area.spoken:
            term = Term(fold(name), None, None, False, area.code, area.usual(name), _is_itself(name, area.name))
            yield from ((spelling, term) for spelling in _written(name, country))


def _written(name: str, country: str) -> tuple[str, ...]:
    """The name, and as isiZulu and isiXhosa write "in" onto it: eGugulethu."""
    return (name, f"e{name}") if country == "ZA" and len(name) >= SHORTEST_LOCATIVE else (name,)


def _is_itself(name: str, area: str) -> bool:
    """Whether a name is only another writing of the area's own: "Niger State" of "Niger", "KZN" of any."""
    spoken, own = words_of(name), words_of(area)
    return name.isupper() or is_indic(spoken[0]) or spoken == own or own[0] in spoken


def _places(directory: Directory, country: str) -> Iterator[tuple]:
    yield from ((entry, True) for entry in directory.entry_points if entry.country == country)
    yield from ((one, False) for one in directory.elsewhere if one.country == country)


def _add(root: Node, words: Iterable[str], term: Term) -> None:
    node = root
    for word in words:
        node = node.following.setdefault(word, Node())
    if node is not root:
        node.terms.append(term)


def _walk(root: Node, steps: list[tuple[str, ...]], start: int) -> Iterator[tuple[int, Node]]:
    """Each node that can be reached from the root by reading words from `start` on, with where it ends."""
    nodes = [root]
    for position in range(start, len(steps)):
        nodes = [node.following[word] for node in nodes for word in steps[position] if word in node.following]
        if not nodes:
            return
        yield from ((position + 1, node) for node in nodes)


def _readings(word: str) -> tuple[str, ...]:
    """The word, and for an Indic one its stems: endings are written onto it there (अंगणवाडीत, "in the …")."""
    if not is_indic(word):
        return (word,)
    cuts = range(SHORTEST_STEM, min(len(word), LONGEST_STEM + 1))
    return (word, *(word[:cut] for cut in cuts if unicodedata.category(word[cut])[0] == "L"))
