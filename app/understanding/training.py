"""Train the model that stands beside words and rules: python -m app.understanding.training tests/understanding/tune

Logistic regression over all meanings at once, by Adagrad, on the messages of that folder (TOML: meaning, language,
messages, one a line) and on the directory's own words. Always the same result from the same data. Takes about a
minute, writes data/model.tsv.xz.
"""

from __future__ import annotations

import lzma
import math
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.directory.catalogue import SECTORS, Directory
from app.directory.load import DATA
from app.directory.reading import read_directory
from app.understanding.features import of_country, of_neighbours, of_word
from app.understanding.fold import words_of
from app.understanding.model import FILE, MEANINGS
from app.understanding.places.finding import areas_of

EPOCHS = 10
RATE = 0.6
SHRINK = 2e-5
"""How much a weight that is used loses at each step, so that no rare one grows without end."""

RARELY = 2
"""Letters in a row that fewer examples have are left out; a whole word may stand in one alone."""

SEED = 20
WORDS_WEIGH = 0.6
"""A word of the directory teaches less than a message: nobody writes it alone."""

_LINE = re.compile(r"(.*?)(?: @([A-Z]{2}-[A-Z0-9]{1,3}))?(?: #([a-z-]+))?")


@dataclass(frozen=True)
class Line:
    """A message of the folder: its words without the place's name, what it means, and its problem type if told."""

    words: tuple[str, ...]
    country: str
    meant: str
    problem: str | None


@dataclass(frozen=True)
class Example:
    words: tuple[str, ...]
    country: str
    meaning: int
    weight: float


@dataclass
class Learner:
    """Weights by feature and meaning while they are learnt, with Adagrad's sums of squared slopes."""

    weights: dict[str, list[float]]
    squares: dict[str, list[float]]
    rarity: dict[str, float]

    def step(self, features: dict[str, float], example: Example) -> None:
        chances = softmax(self.scores(features))
        chances[example.meaning] -= 1.0
        slopes = [chance * example.weight for chance in chances]
        for feature, value in features.items():
            self._move(self.weights[feature], self.squares[feature], slopes, value)

    def scores(self, features: dict[str, float]) -> list[float]:
        totals = [0.0] * len(MEANINGS)
        for feature, value in features.items():
            for number, weight in enumerate(self.weights[feature]):
                totals[number] += weight * value
        return totals

    def _move(self, weights: list[float], squares: list[float], slopes: list[float], value: float) -> None:
        for number, slope in enumerate(slopes):
            change = slope * value + SHRINK * weights[number]
            squares[number] += change * change
            weights[number] -= RATE * change / math.sqrt(squares[number])


def softmax(scores: list[float]) -> list[float]:
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def train(examples: list[Example]) -> Learner:
    """Learn from the examples; raises ValueError when there are none."""
    if not examples:
        raise ValueError("there are no examples to learn from")
    seen = [_features(example.words, example.country) for example in examples]
    common = weigh_rarity(seen)
    values = [values_of(features, common) for features in seen]
    learner = Learner(
        {feature: [0.0] * len(MEANINGS) for feature in common},
        {feature: [1e-6] * len(MEANINGS) for feature in common},
        common,
    )
    order = random.Random(SEED)  # noqa: S311 - shuffles examples, guards nothing
    paired = [*zip(values, examples, strict=True)]
    for _ in range(EPOCHS):
        order.shuffle(paired)
        for features, example in paired:
            learner.step(features, example)
    return learner


def lines_in(folder: Path) -> Iterator[Line]:
    for file in sorted(folder.glob("*.toml")):
        for meant, languages in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for line in "\n".join(languages.values()).split("\n"):
                yield _read(line, meant, file.stem[:2].upper())


def _read(line: str, meant: str, country: str) -> Line:
    """The words without the name of the place: where something is does not tell what it is about."""
    text, area, problem = _LINE.fullmatch(line.strip()).groups()
    words = tuple(word for word in words_of(text) if not (area and area in areas_of(word, country)))
    return Line(words, country, meant, problem)


def examples_in(folder: Path, directory: Directory) -> Iterator[Example]:
    """The folder's messages, then the directory's words; commands count as noise: rules of their own find them."""
    served = {entry.slug: entry.sector for entry in directory.entry_points}
    for line in lines_in(folder):
        meaning = served.get(line.meant, line.meant)
        yield Example(line.words, line.country, MEANINGS.index(meaning if meaning in MEANINGS else "noise"), 1.0)
    for place in (*directory.entry_points, *directory.elsewhere):
        for word in place.words:
            if word.kind not in ("hint", "slur"):
                words = tuple(words_of(word.text))
                yield Example(words, place.country, SECTORS.index(place.sector), WORDS_WEIGH)


def _features(words: Iterable[str], country: str) -> list[str]:
    listed = [*words]
    told = dict.fromkeys(listed)
    letters = (feature for word in told for feature in of_word(word))
    return [*letters, *of_neighbours(listed), *of_country(told, country)]


def weigh_rarity(seen: list[list[str]]) -> dict[str, float]:
    """Each feature kept, with its inverse document frequency."""
    counts = Counter(feature for features in seen for feature in set(features))
    kept = ((feature, count) for feature, count in counts.items() if count >= RARELY or feature[0] == "=")
    return {feature: 1.0 + math.log(len(seen) / count) for feature, count in kept}


def values_of(features: list[str], rarity: dict[str, float]) -> dict[str, float]:
    counts = Counter(feature for feature in features if feature in rarity)
    values = {feature: count * rarity[feature] for feature, count in counts.items()}
    length = math.sqrt(sum(rarity[feature] ** 2 * count for feature, count in counts.items())) or 1.0
    return {feature: value / length for feature, value in values.items()}


def lines_of(learner: Learner) -> Iterator[str]:
    """One line a feature: itself, the square of its rarity, and its weight for each meaning, in hundredths."""
    for feature, weights in sorted(learner.weights.items()):
        rarity = learner.rarity[feature]
        told = (str(round(100 * weight * rarity)) for weight in weights)
        yield "\t".join((feature, f"{rarity * rarity:.2f}", *told))


def main(folder: str) -> None:
    examples = [one for one in examples_in(Path(folder), read_directory(DATA)) if one.words]
    learner = train(examples)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(lzma.compress("\n".join(lines_of(learner)).encode(), preset=9))
    print(
        f"{len(examples)} examples, {len(learner.weights)} features, {FILE.stat().st_size} bytes", file=sys.stderr
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
