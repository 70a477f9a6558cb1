"""What a message is about, found by the directory's words: an answer only where they are clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from app.directory.catalogue import LANGUAGES, Directory
from app.understanding.fold import words_of
from app.understanding.index import Match, Term, index_of, matches
from app.understanding.landmarks import is_landmark

MOST_CHARACTERS = 2000
"""Only so much of a message is looked at, more than ten parts of an SMS; the rest is kept unread."""

LONGEST_COUNTS = 3
"""A phrase counts as many points as it has words, up to this many."""

DECISIVE = 6
"""Points of a word that names an entry point's own service: "hospital has no water" is about health."""

DECISIVE_ELSEWHERE = 4
"""Points of such a word of a sector without an entry point: enough against a phrase of two words, not enough
against the name of an entry point's own service."""

CLEAR_LEAD = 1.5
"""The best sector needs this many times the points of the second, or nobody is chosen."""


@dataclass(frozen=True)
class Meaning:
    """What was understood. `evidence` are the directory's words that were found, never a slur, nor the
    person's own words. `confidence` is between 0 and 1, 0 for what is unclear. `outside_focus`: all that
    spoke for the sector lies beyond its entry point's focus."""

    kind: Literal["report", "unclear"]
    language: str | None
    sector: str | None
    entry_point: str | None
    problem_type: str | None
    gap_kind: str | None
    area: str | None
    confidence: float
    evidence: tuple[str, ...]
    outside_focus: bool = False


def understand(text: str, country: str, directory: Directory) -> Meaning:
    """Find sector, problem type, area and language of a message to that country's number.

    Pure, and never raises for any text. Raises KeyError for a country that the directory does not have.
    """
    offered = directory.country(country).languages
    words = words_of(text[:MOST_CHARACTERS])
    found = matches(index_of(directory, country), words)
    counted = [match for match in _longest(found) if not is_landmark(words, match)]
    unclear = Meaning("unclear", _language(found, offered), None, None, None, None, _area(counted), 0.0, ())
    sector, confidence = _sector(counted, found)
    if sector is None:
        return unclear
    report = replace(unclear, kind="report", sector=sector, confidence=confidence)
    return _with_evidence(_with_problem(report, directory, country, found), counted)


def _with_problem(report: Meaning, directory: Directory, country: str, found: list[Match]) -> Meaning:
    entry = directory.entry_point(country, report.sector)
    if entry is None:
        return report
    slug = _problem(found, entry.sector)
    gap_kind = directory.problem(slug).gap_kind if slug else None
    return replace(report, entry_point=entry.slug, problem_type=slug, gap_kind=gap_kind)


def _with_evidence(report: Meaning, counted: list[Match]) -> Meaning:
    terms = [term for match in counted for term in _speaking(match) if term.sector == report.sector]
    spoken = {term.phrase: term.word for term in terms if term.word}
    told = tuple(word.text for word in spoken.values() if word.kind != "slur")
    return replace(report, evidence=told, outside_focus=all(word.beyond for word in spoken.values()))


def _speaking(match: Match) -> Iterable[Term]:
    """The terms that speak for a sector or an area: all but hints."""
    return (term for term in match.terms if term.word is None or term.word.kind != "hint")


def _longest(found: list[Match]) -> list[Match]:
    """The longest phrases that speak, none overlapping a longer one: "water board" is not also "water"."""
    taken: set[int] = set()
    kept = []
    for match in sorted(found, key=lambda match: (-match.length, match.start)):
        span = range(match.start, match.end)
        if taken.isdisjoint(span) and any(_speaking(match)):
            taken.update(span)
            kept.append(match)
    return kept


def _sector(counted: list[Match], found: list[Match]) -> tuple[str | None, float]:
    """The sector that clearly leads, with how far it leads, or None and 0."""
    ranked = _points(counted, found).most_common(2)
    if not ranked:
        return None, 0.0
    (sector, best), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
    if best < CLEAR_LEAD * second:
        return None, 0.0
    return sector, round((best - second) / (best + 1), 2)


def _points(counted: list[Match], found: list[Match]) -> Counter[str]:
    """Points by sector; a word that is written twice counts once."""
    worth: dict[tuple[str, str], int] = {}
    for match in counted:
        for term in _speaking(match):
            if term.sector and (term.sector, term.phrase) not in worth:
                worth[term.sector, term.phrase] = _worth(term, match, found)
    points: Counter[str] = Counter()
    for (sector, _), count in worth.items():
        points[sector] += count
    return points


def _worth(term: Term, match: Match, found: list[Match]) -> int:
    """Points of a phrase; one that contains a decisive word of its sector ("clinic closed") is as decisive."""
    inside = (other.terms for other in found if match.start <= other.start and other.end <= match.end)
    if any(one.sector == term.sector and one.is_decisive for terms in inside for one in terms):
        return DECISIVE if term.has_entry_point else DECISIVE_ELSEWHERE
    return min(match.length, LONGEST_COUNTS)


def _problem(found: list[Match], sector: str) -> str | None:
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


def _area(counted: list[Match]) -> str | None:
    """The one area that is named; None when none is, or more than one."""
    named = {term.area for match in counted for term in match.terms if term.area}
    return named.pop() if len(named) == 1 else None


def _language(found: list[Match], offered: tuple[str, ...]) -> str | None:
    """The language of most of the words found; the country's own order decides between equals."""
    votes = Counter(
        language
        for match in found
        for language in {term.word.language for term in match.terms if term.word}
        for _ in range(match.length)
        if language in LANGUAGES
    )
    ranks = {language: rank for rank, language in enumerate(offered)}
    return min(votes, key=lambda language: (-votes[language], ranks.get(language, len(ranks))), default=None)
