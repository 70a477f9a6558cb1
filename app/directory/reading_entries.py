"""Read the entry points of one country: who serves them, what can be wrong there, and people's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.directory.catalogue import (
    GAP_KINDS,
    LANGUAGES,
    LANGUAGES_OF_WORDS_ONLY,
    OTHER,
    SECTORS,
    Area,
    Country,
    Elsewhere,
    EntryPoint,
    Partner,
    ProblemType,
    Service,
    Word,
    WordKind,
)
from app.directory.reading_money import check_cofog, check_days, read_actors, read_answers, read_programmes
from app.directory.source import Shape, Table, key, quoted

PROBLEM_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROLES = ("movement", "budget_technical")
KINDS_OF_GROUPS: dict[str, WordKind] = {"any": "word", "decisive": "decisive", "slurs": "slur"}
"""The groups of words that belong to no problem type; every other group is named after one."""

_ENTRY_POINT: dict[str, Shape] = {
    **dict.fromkeys(("slug", "sector", "name", "issue", "focus"), "text"),
    "cofog": "texts",
    "problems": "tables",
    "serving": "tables",
    "words": "table",
}
_ENTRY_POINT_PARTS: dict[str, Shape] = {
    **dict.fromkeys(("hints", "beyond", "actors"), "table"),
    **dict.fromkeys(("programmes", "answers"), "tables"),
}
_SERVICE: dict[str, Shape] = {"partner": "text", "role": "text"}
_SERVICE_LIMITS: dict[str, Shape] = {
    "office": "text",
    "lead": "flag",
    "areas": "texts",
    **dict.fromkeys(("valid_from", "valid_to"), "date"),
}
_PROBLEM: dict[str, Shape] = dict.fromkeys(("slug", "name", "gap_kind"), "text")


@dataclass(frozen=True)
class Known:
    """What entry points may refer to."""

    partners: Mapping[str, Partner]
    areas: Mapping[str, Area]


def read_entry_point(table: Table, country: Country, known: Known) -> EntryPoint:
    taken = table.take(_ENTRY_POINT, _ENTRY_POINT_PARTS)
    _check_entry_point(table, taken, country.code)
    check_cofog(table, taken["cofog"])
    named = {name: taken[name] for name in ("slug", "sector", "name", "issue", "focus")}
    problems = tuple(_problem(one, taken["slug"]) for one in table.inline_tables("problems"))
    _refuse_repeats(table, problems)
    return EntryPoint(
        **named,
        country=country.code,
        cofog=tuple(taken["cofog"]),
        serving=_serving(table, country.code, known),
        problems=problems,
        words=tuple(_entry_words(table, taken["slug"], {problem.slug for problem in problems})),
        programmes=read_programmes(table),
        actors=read_actors(table),
        answers=read_answers(table, country.languages),
    )


def read_elsewhere(table: Table, country: str, with_entry_point: set[tuple[str, str]]) -> Iterable[Elsewhere]:
    """The words of each sector that has no entry point in this country."""
    spoken = table.values.get("elsewhere")
    sectors = Table(table.source, spoken if isinstance(spoken, dict) else {})
    sectors.take({}, dict.fromkeys(sectors.values, "table"))
    for sector in sectors.values:
        if sector not in SECTORS:
            sectors.wrong(f"unknown sector {sector!r}", _first_header(sector))
        if (country, sector) in with_entry_point:
            sectors.wrong(f"{sector} has an entry point in {country}", _first_header(sector))
        words = _words(sectors, sector, f"elsewhere.{sector}", "", frozenset())
        yield Elsewhere(country, sector, tuple(words))


def _first_header(sector: str) -> str:
    return rf"^\[elsewhere\.{re.escape(sector)}\b"


def _check_entry_point(table: Table, taken: dict[str, Any], country: str) -> None:
    sector, slug = taken["sector"], taken["slug"]
    if sector and (sector not in SECTORS or sector == OTHER):
        table.wrong(f"unknown sector {sector!r}", key("sector"))
    if slug and sector and slug != f"{country.lower()}-{sector}":
        table.wrong(f"bad slug {slug!r}: {country.lower()}-{sector} is expected", key("slug"))


def _problem(table: Table, entry_point: str) -> ProblemType:
    taken = table.take(_PROBLEM, {"sensitive": "flag"})
    owner, _, name = taken["slug"].partition("/")
    if taken["slug"] and (owner != entry_point or not PROBLEM_NAME.fullmatch(name)):
        table.wrong(f"bad slug {taken['slug']!r}: {entry_point}/<name> is expected")
    if taken["gap_kind"] and taken["gap_kind"] not in GAP_KINDS:
        table.wrong(f"unknown gap kind {taken['gap_kind']!r}")
    return ProblemType(**taken)


def _refuse_repeats(table: Table, problems: tuple[ProblemType, ...]) -> None:
    seen: set[str] = set()
    for problem in problems:
        if problem.slug in seen:
            table.wrong(f"duplicate slug {problem.slug!r}", quoted(problem.slug), quoted(problem.slug))
        seen.add(problem.slug)


def _serving(table: Table, country: str, known: Known) -> tuple[Service, ...]:
    tables = table.tables("serving", "entry_points.serving")
    services = tuple(_service(one, country, known) for one in tables)
    leads = sum(service.lead for service in services)
    if leads != 1:
        table.wrong(f"one lead is expected, not {leads}")
    return services


def _service(table: Table, country: str, known: Known) -> Service:
    taken = table.take(_SERVICE, _SERVICE_LIMITS)
    partner = known.partners.get(taken["partner"])
    days = {"partner_from": partner.valid_from, "partner_to": partner.valid_to} if partner else {}
    service = Service(**{**taken, **days, "areas": tuple(taken["areas"])})
    if service.role and service.role not in ROLES:
        table.wrong(f"unknown role {service.role!r}", key("role"))
    if service.lead and service.role != "movement":
        table.wrong("a lead must have the role movement", key("lead"))
    check_days(table, service.valid_from, service.valid_to)
    _check_references(table, service, country, known)
    return service


def _check_references(table: Table, service: Service, country: str, known: Known) -> None:
    partner = known.partners.get(service.partner)
    if service.partner and (partner is None or partner.kind != "organisation"):
        table.wrong(f"unknown partner {service.partner!r}", key("partner"))
    for code in service.areas:
        area = known.areas.get(code)
        if area is None or area.country != country:
            table.wrong(f"unknown area {code!r} of {country}", key("areas"), quoted(code))


def _entry_words(table: Table, slug: str, problems: set[str]) -> Iterable[Word]:
    """Ordinary words, then hints (which only tell the problem), then the sector's matters beyond the focus."""
    yield from _words(table, "words", "entry_points.words", slug, problems)
    for word in _words(table, "hints", "entry_points.hints", slug, problems):
        yield Word(word.text, word.language, word.problem, "hint")
    for word in _words(table, "beyond", "entry_points.beyond", slug, frozenset()):
        yield Word(word.text, word.language, None, word.kind, beyond=True)


def _words(table: Table, name: str, title: str, slug: str, problems: Iterable[str]) -> Iterable[Word]:
    """The words under `name`: tables by language, of lists by group."""
    spoken = table.values.get(name)
    languages = Table(table.source, spoken if isinstance(spoken, dict) else {}, table.landmarks)
    for language in languages.take({}, dict.fromkeys(languages.values, "table")):
        listed = languages.table(language, f"{title}.{language}")
        if language not in LANGUAGES + LANGUAGES_OF_WORDS_ONLY:
            listed.wrong(f"unknown language {language!r}")
        for group, texts in listed.take({}, dict.fromkeys(listed.values, "texts")).items():
            yield from _group(listed, language, group, texts, slug, frozenset(problems))


def _group(
    table: Table, language: str, group: str, texts: list[str], slug: str, problems: frozenset[str]
) -> Iterable[Word]:
    kind = KINDS_OF_GROUPS.get(group)
    problem = None if kind else f"{slug}/{group}"
    if problem and problem not in problems:
        table.wrong(f"unknown problem {group!r}", key(group))
    for text in texts:
        if not any(letter.isalnum() for letter in text):
            table.wrong(f"{text!r} has no letters", key(group), quoted(text))
        yield Word(text, language, problem, kind or "word")
