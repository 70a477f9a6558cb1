"""What the directory's words say: points for each sector, by rules that anybody can follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.understanding.index import Match, Term

LONGEST_COUNTS = 3
"""A phrase counts as many points as it has words, up to this many."""

DECISIVE = 6
"""Points of a word that names an entry point's own service: "hospital has no water" is about health."""

DECISIVE_ELSEWHERE = 4
"""Points of such a word of a sector without an entry point: enough against a phrase of two words, not enough
against the name of an entry point's own service."""

CLEAR_LEAD = 1.5
"""The best sector needs this many times the points of the second, or the words alone do not choose."""


def speaking(match: Match) -> Iterable[Term]:
    """The terms that speak for a sector or an area: all but hints."""
    return (term for term in match.terms if term.word is None or term.word.kind != "hint")


def longest(found: list[Match]) -> list[Match]:
    """The longest phrases that speak, none overlapping a longer one: "water board" is not also "water"."""
    taken: set[int] = set()
    kept = []
    for match in sorted(found, key=lambda match: (-match.length, match.start)):
        span = range(match.start, match.end)
        if taken.isdisjoint(span) and any(speaking(match)):
            taken.update(span)
            kept.append(match)
    return kept


def points(counted: list[Match], found: list[Match]) -> Counter[str]:
    """Points by sector; a word that is written twice counts once."""
    worth: dict[tuple[str, str], int] = {}
    for match in counted:
        for term in speaking(match):
            if term.sector and (term.sector, term.phrase) not in worth:
                worth[term.sector, term.phrase] = _worth(term, match, found)
    total: Counter[str] = Counter()
    for (sector, _), count in worth.items():
        total[sector] += count
    return total


def clear_leader(total: Counter[str]) -> str | None:
    """The sector that leads clearly, None when none does."""
    ranked = total.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < CLEAR_LEAD * ranked[1][1]):
        return None
    return ranked[0][0]


def is_contested(total: Counter[str]) -> bool:
    """Whether two sectors are each named by a decisive word, and neither leads: then a person must be asked."""
    ranked = total.most_common(2)
    return len(ranked) > 1 and ranked[1][1] >= DECISIVE_ELSEWHERE and clear_leader(total) is None


def _worth(term: Term, match: Match, found: list[Match]) -> int:
    """Points of a phrase; one that contains a decisive word of its sector ("clinic closed") is as decisive."""
    inside = (other.terms for other in found if match.start <= other.start and other.end <= match.end)
    if any(one.sector == term.sector and one.is_decisive for terms in inside for one in terms):
        return DECISIVE if term.has_entry_point else DECISIVE_ELSEWHERE
    return min(match.length, LONGEST_COUNTS)
