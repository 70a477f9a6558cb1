"""Which problem type a report tells, once its sector is known: the directory's hints and the trained model
together.

The figures were chosen on messages that the model had not learnt from: among those that give a wrong problem type
to at most one report in fifteen, the ones that give most.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from app.directory.catalogue import EntryPoint
from app.understanding.index import Match
from app.understanding.problem_model import chances

MODEL_SHARE = 0.8
"""The model is surer of itself than it is right: its logarithms count this much."""

HINTED = 1.5
"""What the problem type that most hints tell gains."""

SURE = 0.7
"""The chance from which on a problem type is given."""

SURE_OF_KIND = 0.65
"""The chance from which on a gap kind is given where no problem type is."""

LEAST = 1e-6


@dataclass(frozen=True)
class Problem:
    """What a report tells: its problem type and gap kind; the gap kind alone where several problem types of that
    kind are as likely; neither where nothing is clear enough."""

    slug: str | None = None
    gap_kind: str | None = None


def problem_of(words: list[str], found: list[Match], entry: EntryPoint) -> Problem:
    """The problem of this entry point that the message tells."""
    kinds = {problem.slug: problem.gap_kind for problem in entry.problems}
    told = _weighed(chances(words, kinds), _hinted(found, entry.sector))
    best, chance = max(told.items(), key=lambda item: item[1])
    if chance >= SURE:
        return Problem(best, kinds[best])
    by_kind: Counter[str] = Counter()
    for problem, chance in told.items():
        by_kind[kinds[problem]] += chance
    kind, together = max(by_kind.items(), key=lambda item: item[1])
    return Problem(None, kind if together >= SURE_OF_KIND else None)


def _weighed(told: dict[str, float], hinted: str | None) -> dict[str, float]:
    """The model's chances with the hints', together 1."""
    powers = {
        problem: max(chance, LEAST) ** MODEL_SHARE * (math.exp(HINTED) if problem == hinted else 1.0)
        for problem, chance in told.items()
    }
    whole = sum(powers.values())
    return {problem: power / whole for problem, power in powers.items()}


def _hinted(found: list[Match], sector: str) -> str | None:
    """The problem type that most of the sector's words and hints tell, None when two tell as much."""
    votes: Counter[str] = Counter()
    taken: set[int] = set()
    for match in sorted(found, key=lambda match: -match.length):
        told = {term.word.problem for term in match.terms if term.word and term.sector == sector}
        span = range(match.start, match.end)
        if any(told) and taken.isdisjoint(span):
            taken.update(span)
            votes.update({problem: match.length for problem in told if problem})
    return _clear_winner(votes)


def _clear_winner(votes: Counter[str]) -> str | None:
    first_two = votes.most_common(2)
    if not first_two or (len(first_two) == 2 and first_two[0][1] == first_two[1][1]):
        return None
    return first_two[0][0]
