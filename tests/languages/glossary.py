"""Whether the glossary's words are the ones that are used."""

from __future__ import annotations

from functools import cache

from app.directory.catalogue import EntryPoint
from app.directory.load import DATA
from app.directory.reading import read_directory
from app.language import SOURCE, say
from app.outbox import wording
from app.translating.catalogues import translations
from app.translating.glossary import Term, glossary, holds, uses


def breaches(code: str) -> list[str]:
    """What is said otherwise than the glossary says it in this language."""
    return [*_sectors(code), *_messages(code), *_problems(code)]


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
        if uses(term, english) and not holds(said, term, code)
    ]


def _problems(code: str) -> list[str]:
    return [
        f"{name}: {said}"
        for name, term in glossary()["problems"].items()
        for said in _named(code, term)
        if not holds(said, term, code)
    ]


def _named(code: str, term: Term) -> list[str]:
    """What the problem types that speak of this term are called in this language."""
    problems = (problem for entry in _entry_points(code) for problem in entry.problems)
    return [problem.name_in(code) for problem in problems if uses(term, problem.name)]


@cache
def _entry_points(code: str) -> tuple[EntryPoint, ...]:
    """Those of the countries that offer this language beside English."""
    directory = read_directory(DATA)
    offering = {country.code for country in directory.countries if code != SOURCE and code in country.languages}
    return tuple(entry for entry in directory.entry_points if entry.country in offering)
