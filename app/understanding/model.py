"""The trained model: how likely each meaning is for the words of a message, and which words say so."""

from __future__ import annotations

import lzma
import math
from array import array
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from app.directory.catalogue import SECTORS
from app.understanding.features import of_country, of_neighbours, of_word

FILE = Path(__file__).parent / "data" / "model.tsv.xz"

MEANINGS = (*SECTORS, "noise", "unclear")
"""The sectors, then what is no report, then a complaint that does not tell its sector."""

WORDS_KEPT = 20_000
"""The weights of so many words are kept added up: people use few words, again and again."""

SPEAKS = 0.25
"""The share of the strongest word's weight from which on a word is evidence too."""

MOST_EVIDENCE = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a word, by meaning, in hundredths, and its part in the length of the message. Arrays: as
    tuples of numbers the model would be four times as large."""

    by_meaning: array[int]
    square: float


HUNDREDTHS = 100
NOTHING = Weights(array("i", (0,) * len(MEANINGS)), 0.0)


def chances(words: list[str], country: str) -> dict[str, float]:
    """The chance of each meaning for a message to that country, together 1; all alike for words that tell
    nothing."""
    told = dict.fromkeys(words)
    parts = [of for word in told if (of := weights_of_word(word)).square]
    more = (*of_neighbours(words), *of_country(told, country)) if parts else ()
    parts += [known for feature in more if (known := _learnt().get(feature))]
    length = math.sqrt(sum(part.square for part in parts)) or 1.0
    sums = map(sum, zip(*(part.by_meaning for part in parts), strict=True)) if parts else NOTHING.by_meaning
    scores = [total / (HUNDREDTHS * length) for total in sums]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    whole = sum(powers)
    return {meaning: power / whole for meaning, power in zip(MEANINGS, powers, strict=True)}


def evidence(words: list[str], meaning: str) -> tuple[str, ...]:
    """The words of the message that speak most for this meaning: only words that the model learnt as such, so
    never a name or a number that is this person's own."""
    number = MEANINGS.index(meaning)
    told = {word: _lead(weights_of_word(word), number) for word in words if f"={word}" in _learnt()}
    strongest = max(told.values(), default=0.0)
    speaking = sorted((word for word in told if told[word] >= SPEAKS * strongest > 0), key=lambda word: -told[word])
    return tuple(speaking[:MOST_EVIDENCE])


@lru_cache(maxsize=WORDS_KEPT)
def weights_of_word(word: str) -> Weights:
    """The weights of a word and of the letters inside it, added up."""
    learnt = _learnt()
    found = [learnt[feature] for feature in of_word(word) if feature in learnt]
    if not found:
        return NOTHING
    added = zip(*(weights.by_meaning for weights in found), strict=True)
    return Weights(array("i", map(sum, added)), sum(weights.square for weights in found))


def is_known(word: str) -> bool:
    return f"={word}" in _learnt()


def is_matter(word: str) -> bool:
    """Whether it is a word of reports: learnt, and speaking for some sector more than for no report at all."""
    learnt = _learnt().get(f"={word}")
    return learnt is not None and max(learnt.by_meaning) == max(learnt.by_meaning[: len(SECTORS)])


def _lead(weights: Weights, number: int) -> float:
    """How much more a word says for one meaning than for all on average."""
    return weights.by_meaning[number] - sum(weights.by_meaning) / len(MEANINGS)


@cache
def _learnt() -> dict[str, Weights]:
    lines = lzma.decompress(FILE.read_bytes()).decode().split("\n")
    return dict(map(_read_line, lines))


def _read_line(line: str) -> tuple[str, Weights]:
    feature, square, *weights = line.split("\t")
    return feature, Weights(array("h", map(int, weights)), float(square))
