"""Train the model of problem types: python -m app.understanding.training_problems tests/understanding/tune

Logistic regression by Adagrad over the problem types of the message's own entry point, on those messages of the
folder that tell theirs (`#no-drugs`) and on the directory's words and hints. A weight is learnt for the problem
type and one for its gap kind, added up. Always the same result from the same data; takes some ten seconds.
"""

from __future__ import annotations

import lzma
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.directory.catalogue import Directory, EntryPoint
from app.directory.load import DATA
from app.directory.reading import read_directory
from app.understanding.features import of_neighbours, of_word
from app.understanding.fold import words_of
from app.understanding.problem_model import FILE, GRAM, HUNDREDTHS
from app.understanding.training import Line, lines_in, values_of, weigh_rarity

EPOCHS = 14
RATE = 0.5
SHRINK = 3e-5
SEED = 20
WORDS_WEIGH = 0.5
"""A hint of the directory teaches less than a message: it leaves open what else it may mean."""

SMALLEST = 20
"""Weights of fewer hundredths are left out of the file."""


@dataclass(frozen=True)
class Example:
    words: tuple[str, ...]
    problem: str
    rivals: tuple[str, ...]
    weight: float


@dataclass
class Learner:
    """Weights by feature and class, with Adagrad's sums of squared slopes; `kinds` tells each problem's gap
    kind."""

    kinds: dict[str, str]
    rarity: dict[str, float]
    weights: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    squares: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(lambda: 1e-6))

    def step(self, values: dict[str, float], example: Example) -> None:
        slopes = self.chances(values, example.rivals)
        slopes[example.problem] -= 1.0
        by_class: Counter[str] = Counter()
        for problem, slope in slopes.items():
            by_class[problem] += slope * example.weight
            by_class[self.kinds[problem]] += slope * example.weight
        for feature, value in values.items():
            self._move(feature, value, by_class)

    def chances(self, values: dict[str, float], rivals: Iterable[str]) -> dict[str, float]:
        scores = {rival: self._score(values, rival) for rival in rivals}
        highest = max(scores.values())
        powers = {rival: math.exp(score - highest) for rival, score in scores.items()}
        whole = sum(powers.values())
        return {rival: power / whole for rival, power in powers.items()}

    def _score(self, values: dict[str, float], problem: str) -> float:
        kind = self.kinds[problem]
        told = ((value, self.weights[feature]) for feature, value in values.items())
        return sum(value * (of.get(problem, 0.0) + of.get(kind, 0.0)) for value, of in told)

    def _move(self, feature: str, value: float, by_class: Counter[str]) -> None:
        weights = self.weights[feature]
        for name, slope in by_class.items():
            change = slope * value + SHRINK * weights[name]
            self.squares[feature, name] += change * change
            weights[name] -= RATE * change / math.sqrt(self.squares[feature, name])


def examples_in(lines: Iterable[Line], directory: Directory) -> Iterator[Example]:
    """The messages that tell their problem type, then the directory's words and hints that do."""
    rivals = {entry.slug: tuple(problem.slug for problem in entry.problems) for entry in directory.entry_points}
    for line in lines:
        if line.problem:
            yield Example(line.words, f"{line.meant}/{line.problem}", rivals[line.meant], 1.0)
    for entry in directory.entry_points:
        yield from _examples_of(entry, rivals[entry.slug])


def _examples_of(entry: EntryPoint, rivals: tuple[str, ...]) -> Iterator[Example]:
    for word in entry.words:
        if word.problem:
            yield Example(tuple(words_of(word.text)), word.problem, rivals, WORDS_WEIGH)


def train(examples: list[Example], directory: Directory) -> Learner:
    kinds = {problem.slug: problem.gap_kind for entry in directory.entry_points for problem in entry.problems}
    seen = [features_of(example.words) for example in examples]
    rarity = weigh_rarity(seen)
    paired = [(values_of(features, rarity), example) for features, example in zip(seen, examples, strict=True)]
    learner, order = Learner(kinds, rarity), random.Random(SEED)  # noqa: S311 - shuffles examples, guards nothing
    for _ in range(EPOCHS):
        order.shuffle(paired)
        for values, example in paired:
            learner.step(values, example)
    return learner


def features_of(words: Iterable[str]) -> list[str]:
    listed = [*words]
    return [
        *(feature for word in dict.fromkeys(listed) for feature in of_word(word, GRAM, GRAM)),
        *of_neighbours(listed),
    ]


def text_of(learner: Learner) -> str:
    """First the classes, then one line a feature: its rarity squared, its weights (number, hundredths)."""
    names = sorted({*learner.kinds, *learner.kinds.values()})
    numbers = {name: number for number, name in enumerate(names)}
    lines = ["\t".join(names)]
    for feature, weights in sorted(learner.weights.items()):
        rarity = learner.rarity[feature]
        told = {numbers[name]: round(HUNDREDTHS * weight * rarity) for name, weight in weights.items()}
        pairs = (f"{number} {weight}" for number, weight in sorted(told.items()) if abs(weight) >= SMALLEST)
        lines.append("\t".join((feature, f"{rarity * rarity:.2f}", " ".join(pairs))))
    return "\n".join(lines)


def main(folder: str) -> None:
    directory = read_directory(DATA)
    examples = [one for one in examples_in(lines_in(Path(folder)), directory) if one.words]
    learner = train(examples, directory)
    FILE.write_bytes(lzma.compress(text_of(learner).encode(), preset=9))
    print(
        f"{len(examples)} examples, {len(learner.weights)} features, {FILE.stat().st_size} bytes", file=sys.stderr
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
