"""The trained model of problem types: how likely each of an entry point's is for the words of a message.

What a word says is learnt twice, for the problem type and for its gap kind, which all entry points share:
"finished" means "absent" wherever it is written, before anybody has reported it there.
"""

from __future__ import annotations

import lzma
import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from app.understanding.features import of_neighbours, of_word

FILE = Path(__file__).parent / "data" / "problems.tsv.xz"

WORDS_KEPT = 20_000

HUNDREDTHS = 100

GRAM = 4
"""Letters in a row that are looked at: of one length only, for there are ten times as many classes as meanings."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a feature, or a whole word, says for the classes (problem types and gap kinds) that it was seen with,
    and its part in the length of the message. `weights` are pairs, a class's number and hundredths: twenty thousand
    features would be far larger as objects."""

    weights: array[int]
    square: float


def chances(words: list[str], kinds: dict[str, str]) -> dict[str, float]:
    """The chance of each of these problem types, given with its gap kind; together 1, all alike for words that tell
    nothing."""
    parts = [of for word in dict.fromkeys(words) if (of := _of_word(word)).square]
    parts += [known for pair in of_neighbours(words) if (known := _learnt().get(pair))]
    length = math.sqrt(sum(part.square for part in parts)) or 1.0
    said, number = _added(parts), _numbers()
    scores = {
        problem: (said[number[problem]] + said[number[kind]]) / (HUNDREDTHS * length)
        for problem, kind in kinds.items()
        if problem in number and kind in number
    }
    return _softmax({problem: scores.get(problem, 0.0) for problem in kinds})


def _added(parts: Iterable[Said]) -> list[int]:
    """Hundredths by the number of the class."""
    said = [0] * len(_numbers())
    for part in parts:
        pairs = iter(part.weights)
        for number, weight in zip(pairs, pairs, strict=True):
            said[number] += weight
    return said


def _softmax(scores: dict[str, float]) -> dict[str, float]:
    highest = max(scores.values())
    powers = {name: math.exp(score - highest) for name, score in scores.items()}
    whole = sum(powers.values())
    return {name: power / whole for name, power in powers.items()}


@lru_cache(maxsize=WORDS_KEPT)
def _of_word(word: str) -> Said:
    """What a word and the letters inside it say, added up."""
    learnt = _learnt()
    found = [learnt[feature] for feature in of_word(word, GRAM, GRAM) if feature in learnt]
    added = (value for pair in enumerate(_added(found)) if pair[1] for value in pair)
    return Said(array("i", added), sum(said.square for said in found))


def _text() -> str:
    return lzma.decompress(FILE.read_bytes()).decode()


@cache
def _numbers() -> dict[str, int]:
    """The classes, named in the file's first line, by number."""
    return {name: number for number, name in enumerate(_text().partition("\n")[0].split("\t"))}


@cache
def _learnt() -> dict[str, Said]:
    """The features, one a line after the first."""
    return dict(map(_read_line, _text().split("\n")[1:]))


def _read_line(line: str) -> tuple[str, Said]:
    feature, square, pairs = line.split("\t")
    return feature, Said(array("h", map(int, pairs.split())), float(square))
