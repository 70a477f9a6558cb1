"""What there is to choose from on each page, in the page's language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.channels.web import wording
from app.channels.web.answers import Answers
from app.channels.web.reading import NOT_LISTED, town_near
from app.channels.web.steps import entry_point, sectors
from app.directory.catalogue import OTHER, Area, Directory, ProblemType
from app.directory.catalogue import SECTORS as EVERY_SECTOR
from app.directory.routing import route
from app.language import SOURCE, say
from app.outbox.wording import SECTORS
from app.reports.locations import read_location


@dataclass(frozen=True)
class Choice:
    """`value` is posted, `name` is read, in `language`."""

    value: str
    name: str
    language: str


@dataclass(frozen=True)
class Areas:
    """The areas of a country: those where the entry point's partners work, and the others."""

    own: tuple[Area, ...]
    others: tuple[Area, ...]


def choices(step: str, answers: Answers, directory: Directory) -> tuple[Choice, ...]:
    """The radio buttons of this step; none where it has none."""
    given = {"country": _countries, "sector": _sectors, "problem": _problems}.get(step)
    return given(answers, directory) if given else ()


def _countries(answers: Answers, directory: Directory) -> tuple[Choice, ...]:
    language = answers.language
    named = (Choice(c.code, c.name_in(language), language) for c in directory.countries)
    return tuple(sorted(named, key=lambda choice: choice.name))


def _sectors(answers: Answers, directory: Directory) -> tuple[Choice, ...]:
    language, country = answers.language, answers.country or ""
    return tuple(Choice(one, say(language, SECTORS[one]), language) for one in sectors(country, directory))


def every_sector(answers: Answers, directory: Directory) -> tuple[Choice, ...]:
    """The sectors of the answers' country; all of them where it is not known."""
    if answers.country:
        return _sectors(answers, directory)
    return tuple(Choice(one, say(answers.language, SECTORS[one]), answers.language) for one in EVERY_SECTOR)


def problems_by_sector(answers: Answers, directory: Directory) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """The problems to choose from in each sector of the answers' country that has any."""
    asked = (replace(answers, sector=sector.value) for sector in _sectors(answers, directory))
    return tuple((one.sector or OTHER, _problems(one, directory)) for one in asked if entry_point(one, directory))


def _problems(answers: Answers, directory: Directory) -> tuple[Choice, ...]:
    entry, language = entry_point(answers, directory), answers.language
    listed = entry.problems if entry else ()
    named = (Choice(problem.slug, *_problem_name(problem, language)) for problem in listed)
    return (*named, Choice(NOT_LISTED, say(language, wording.NOT_LISTED), language))


def _problem_name(problem: ProblemType, language: str) -> tuple[str, str]:
    """Its name, and the language that is in: English where it has none in this one."""
    name = problem.name_in(language)
    return name, SOURCE if name == problem.name else language


def areas(answers: Answers, directory: Directory) -> Areas:
    """The areas to choose from, each list by name."""
    every = sorted(directory.areas_of(answers.country or ""), key=lambda area: area.name_in(answers.language))
    entry = entry_point(answers, directory)
    codes = {code for service in entry.serving for code in service.areas} if entry else set()
    return Areas(
        tuple(area for area in every if area.code in codes), tuple(area for area in every if area.code not in codes)
    )


def reader(answers: Answers, directory: Directory) -> str:
    """The name of the partner that will triage what has been answered so far."""
    today, country = datetime.now(UTC).date(), answers.country or ""
    way = route(directory, country, answers.sector, answers.area or None, today)
    return directory.partner(way.partner).name


def readers(answers: Answers, directory: Directory) -> tuple[tuple[str, str], ...]:
    """Each sector of the answers' country, and who triages there as long as no area is known."""
    country = answers.country or ""
    named = (replace(answers, sector=one, area=None) for one in sectors(country, directory)) if country else ()
    return tuple((one.sector or OTHER, reader(one, directory)) for one in named)


def summary(answers: Answers, directory: Directory, asked: tuple[str, ...]) -> tuple[tuple[str, Choice], ...]:
    """Each step that was asked with what was answered, for the page on which it is checked."""
    language, country = answers.language, directory.country(answers.country or "")
    said = {
        "country": country.name_in(language),
        "sector": say(language, SECTORS[answers.sector or OTHER]),
        "area": _where(answers, directory),
        "words": answers.words or say(language, wording.NOT_SAID),
        "contact": answers.number or say(language, wording.NO_CONTACT),
    }
    named = {step: Choice("", name, language) for step, name in said.items()}
    named["problem"] = _problem_chosen(answers, directory)
    return tuple((step, named[step]) for step in asked if step in named)


def _problem_chosen(answers: Answers, directory: Directory) -> Choice:
    value = answers.problem or NOT_LISTED
    return next((one for one in _problems(answers, directory) if one.value == value), Choice("", "", "en"))


def _where(answers: Answers, directory: Directory) -> str:
    area = directory.area(answers.area).name_in(answers.language) if answers.area else ""
    parts = (answers.place, _located(answers), area)
    return ", ".join(filter(None, parts)) or say(answers.language, wording.NOT_SAID)


def _located(answers: Answers) -> str:
    """The location as it will be sent, after the town that it is near."""
    town = town_near(read_location(answers.location), answers)
    near = say(answers.language, wording.NEAR, place=town.name) if town else ""
    return f"{near} ({answers.location})" if near else answers.location
