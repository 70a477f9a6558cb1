"""Which problem type a report tells, once its sector is known: the directory's hints and the trained model
together.

The figures were chosen by three-fold cross-validation on tests/understanding/tune: a wrong problem type for at most
one report in twenty, none rather than a doubtful one.
"""

from __future__ import annotations

import math
from collections import Counter

from app.directory.catalogue import EntryPoint
from app.understanding.index import Match
from app.understanding.problem_model import chances

MODEL_SHARE = 0.6
"""The model is surer of itself than it is right: its logarithms count this much."""

HINTED = 2.0
"""What the problem type that most hints tell gains."""

SURE = 0.7
"""The chance from which on a problem type is given."""

LEAST = 1e-6


def problem_of(words: list[str], found: list[Match], entry: EntryPoint) -> str | None:
    """The problem type of this entry point that the message tells; None where it is not clear enough."""
    told = chances(words, {problem.slug: problem.gap_kind for problem in entry.problems})
    hinted = _hinted(found, entry.sector)
    scores = {
        problem: MODEL_SHARE * math.log(max(chance, LEAST)) + (HINTED if problem == hinted else 0.0)
        for problem, chance in told.items()
    }
    best = max(scores, key=lambda problem: scores[problem])
    whole = sum(math.exp(score - scores[best]) for score in scores.values())
    return best if 1 / whole >= SURE else None


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
