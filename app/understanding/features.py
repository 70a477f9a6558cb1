"""What the trained model looks at in a message: its words, pairs of neighbours, and the letters inside words.

Letters in a row (three to five, the edges of the word among them) are what makes a misspelt or inflected word count
like the one it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
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
