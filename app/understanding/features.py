"""What the trained model looks at in a message: its words, pairs of neighbours, and the letters inside words.

Letters in a row (three to five, the edges of the word among them) are what makes a misspelt or inflected word count
like the one it comes from. A word counts once more for the country it is written in: "bags" are fertiliser in Ghana
and rubbish in South Africa.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

SHORTEST_GRAM, LONGEST_GRAM = 3, 5
LONGEST_WORD = 40
"""Nothing of a longer "word" is looked at: it is no word."""


def of_word(word: str, shortest: int = SHORTEST_GRAM, longest: int = LONGEST_GRAM) -> Iterator[str]:
    """The features of one folded word: itself, and its letters in a row."""
    yield f"={word}"
    padded = f" {word[:LONGEST_WORD]} "
    for length in range(shortest, longest + 1):
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]


def of_neighbours(words: list[str]) -> Iterator[str]:
    """The pairs of words that stand side by side."""
    return (f"{first}_{second}" for first, second in pairwise(words))


def of_country(words: Iterable[str], country: str) -> Iterator[str]:
    """The country itself, and each of these words as written there."""
    yield f"{country}="
    yield from (f"{country}={word}" for word in words)
