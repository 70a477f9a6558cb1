"""What a message means: a report and its sector, an order to us, noise, or not clear enough without asking."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from app.directory.catalogue import LANGUAGES, Directory
from app.understanding import noise
from app.understanding.fold import words_of
from app.understanding.index import DIRECTORIES_KEPT, Match, index_of, matches
from app.understanding.judging import Judgment, judge
from app.understanding.landmarks import is_landmark
from app.understanding.model import evidence
from app.understanding.orders import Name, Order, read_exact, read_order
from app.understanding.places.own import own_places
from app.understanding.points import longest, points, speaking
from app.understanding.problems import problem_of
from app.understanding.where import Where, where

MOST_CHARACTERS = 2000
"""Only so much of a message is looked at, more than ten parts of an SMS; the rest is kept unread."""


SURE_THOUGH_LAUGHING = 0.8
"""A message with laughter or a link is a report only where it is at least so clear."""


@dataclass(frozen=True)
class Meaning:
    """What was understood.

    `evidence` are the words that said so: the directory's, or words that the trained model learnt; never a slur,
    nor a word of the person's own such as a name. `confidence` is between 0 and 1, 0 for what is no report.
    `outside_focus`: all of the directory's words that spoke for the sector lie beyond its entry point's focus.
    `area` is of ISO 3166-2, `place` a finer place in its usual spelling. `ask` names the one thing to ask:
    "sector", or "area" where the place named exists more than once. `reference` is what followed STATUS.
    """

    kind: Literal["report", "command", "noise", "unclear"]
    language: str | None = None
    sector: str | None = None
    entry_point: str | None = None
    problem_type: str | None = None
    gap_kind: str | None = None
    area: str | None = None
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()
    outside_focus: bool = False
    command: Name | None = None
    reference: str | None = None
    place: str | None = None
    ask: Literal["sector", "area"] | None = None


@dataclass(frozen=True)
class _Read:
    """A message taken apart: its words without landmarks, all phrases found in it, and those that count."""

    text: str
    words: list[str]
    found: list[Match]
    counted: list[Match]


def understand(text: str, country: str, directory: Directory) -> Meaning:
    """Find out what a message to that country's number means.

    Pure, and never raises for any text. Raises KeyError for a country that the directory does not have.
    """
    offered = directory.country(country).languages
    cut = text[:MOST_CHARACTERS]
    words = words_of(cut)
    order = read_exact(words, country)
    if order is None and (noise.is_empty(words) or noise.is_greeting(words, country)):
        return Meaning("noise")
    order = order or read_order(cut, country)
    if order is not None:
        return _command(order)
    if noise.is_misspelt_greeting(words, country):
        return Meaning("noise")
    return _matter(_read(cut, words, country, directory), country, directory, offered)


def prepare(directory: Directory) -> None:
    """Read the model and the gazetteer and index every country's words, about a second, so that no citizen's
    message has to wait for it."""
    for country in directory.countries:
        understand("no water in our village", country.code, directory)


def _command(order: Order) -> Meaning:
    return Meaning("command", order.language, command=order.name, reference=order.reference, confidence=1.0)


def _read(text: str, words: list[str], country: str, directory: Directory) -> _Read:
    found = matches(index_of(directory, country), words)
    speak = longest(found)
    landmarks = [match for match in speak if is_landmark(words, match)]
    counted = [match for match in speak if match not in landmarks]
    return _Read(text, _without(words, landmarks), found, counted)


def _without(words: list[str], landmarks: list[Match]) -> list[str]:
    """The words that are not the name of a building which only tells where."""
    left_out = {position for match in landmarks for position in range(match.start, match.end)}
    return [word for position, word in enumerate(words) if position not in left_out]


def _matter(read: _Read, country: str, directory: Directory, offered: tuple[str, ...]) -> Meaning:
    total = points(read.counted, read.found)
    judgment = judge(read.words, country, total, _served(directory, country))
    if _is_noise(read, country, judgment):
        return Meaning("noise", _language(read.found, offered))
    at = where(read.text, country, read.counted, own_places(directory, country))
    unclear = Meaning("unclear", _language(read.found, offered), area=at.area, place=at.place, ask="sector")
    if judgment.sector is None:
        return unclear
    report = replace(unclear, kind="report", sector=judgment.sector, confidence=judgment.confidence)
    return _with_evidence(_with_problem(_with_question(report, at), directory, country, read), read)


@lru_cache(maxsize=DIRECTORIES_KEPT)
def _served(directory: Directory, country: str) -> frozenset[str]:
    return frozenset(entry.sector for entry in directory.entry_points if entry.country == country)


def _is_noise(read: _Read, country: str, judgment: Judgment) -> bool:
    """Advertisements and jokes use the words of every sector; a link alone is noise unless a report is clear."""
    if (judgment.is_noise and noise.is_half_greeting(read.words, country)) or noise.is_advertisement(
        read.text, read.words, country
    ):
        return True
    if not read.counted and noise.is_chain_letter(read.words, country):
        return True
    is_clear = judgment.confidence >= SURE_THOUGH_LAUGHING
    return not is_clear and (noise.has_link(read.text) or noise.is_laughing(read.text))


def _with_question(report: Meaning, at: Where) -> Meaning:
    return replace(report, ask="area" if at.is_ambiguous else None)


def _with_problem(report: Meaning, directory: Directory, country: str, read: _Read) -> Meaning:
    entry = directory.entry_point(country, report.sector)
    if entry is None:
        return report
    problem = problem_of(read.words, read.found, entry)
    return replace(report, entry_point=entry.slug, problem_type=problem.slug, gap_kind=problem.gap_kind)


def _with_evidence(report: Meaning, read: _Read) -> Meaning:
    """The directory's words for the sector; the model's where the directory had none."""
    terms = [term for match in read.counted for term in speaking(match) if term.sector == report.sector]
    spoken = {term.phrase: term.word for term in terms if term.word}
    told = tuple(word.text for word in spoken.values() if word.kind != "slur")
    beyond = bool(spoken) and all(word.beyond for word in spoken.values())
    return replace(report, evidence=told or _learnt(report, read, bool(spoken)), outside_focus=beyond)


def _learnt(report: Meaning, read: _Read, only_slurs: bool) -> tuple[str, ...]:
    return () if only_slurs or report.sector is None else evidence(read.words, report.sector)


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
