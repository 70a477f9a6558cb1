"""Whether the glossary's words are the ones that are used."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from app.directory.catalogue import EntryPoint
from app.directory.load import DATA
from app.directory.reading import read_directory
from app.language import SOURCE, say
from app.outbox import wording
from app.understanding.fold import fold
from tests.languages.catalogues import TRANSLATIONS, translations

PLACEHOLDER = re.compile(r"\{\w+\}")


@cache
def glossary() -> dict[str, dict[str, dict[str, Any]]]:
    """By chapter (sectors, messages, problems) and term."""
    return tomllib.loads((TRANSLATIONS / "glossary.toml").read_text(encoding="utf-8"))


def breaches(code: str) -> list[str]:
    """What is said otherwise than the glossary says it in this language."""
    return [*_sectors(code), *_messages(code), *_problems(code)]


def uses(term: dict[str, Any], english: str) -> bool:
    """Whether the English text speaks of this term."""
    return re.search(term["source"], PLACEHOLDER.sub("", english), re.IGNORECASE) is not None


def missing_language(code: str) -> list[str]:
    """The terms that the glossary does not give in a language that needs them."""
    always = [(name, term) for chapter in ("sectors", "messages") for name, term in glossary()[chapter].items()]
    spoken = {named for named, term in glossary()["problems"].items() for _ in _named(code, term)}
    needed = always + [(name, glossary()["problems"][name]) for name in sorted(spoken)]
    return [name for name, term in needed if code not in term]


def _sectors(code: str) -> list[str]:
    told = {sector: say(code, label) for sector, label in wording.SECTORS.items()}
    terms = glossary()["sectors"]
    return [f"{sector}: {said}" for sector, said in told.items() if terms[sector].get(code) != said]


def _messages(code: str) -> list[str]:
    return [
        f"{name}: {said}"
        for name, term in glossary()["messages"].items()
        for english, said in translations(code).items()
        if uses(term, english) and not _holds(said, term, code)
    ]


def _problems(code: str) -> list[str]:
    return [
        f"{name}: {said}"
        for name, term in glossary()["problems"].items()
        for said in _named(code, term)
        if not _holds(said, term, code)
    ]


def _named(code: str, term: dict[str, Any]) -> list[str]:
    """What the problem types that speak of this term are called in this language."""
    problems = (problem for entry in _entry_points(code) for problem in entry.problems)
    return [problem.name_in(code) for problem in problems if uses(term, problem.name)]


@cache
def _entry_points(code: str) -> tuple[EntryPoint, ...]:
    """Those of the countries that offer this language beside English."""
    directory = read_directory(DATA)
    offering = {country.code for country in directory.countries if code != SOURCE and code in country.languages}
    return tuple(entry for entry in directory.entry_points if entry.country in offering)


def _holds(said: str, term: dict[str, Any], code: str) -> bool:
    folded = fold(PLACEHOLDER.sub("", said))
    return any(fold(word) in folded for word in term.get(code, ()))
