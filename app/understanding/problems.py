"""Which problem type a report tells, once its sector is known."""

from __future__ import annotations

from collections import Counter

from app.understanding.index import Match


def problem_of(found: list[Match], sector: str) -> str | None:
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
