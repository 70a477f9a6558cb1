"""What a line of a sheet would become, in the worker's language; and the codes that a sheet may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.access.speaking import page_language
from app.directory.catalogue import SECTORS, Country, Directory
from app.directory.routing import route
from app.entering.sheets import Read
from app.inbox.labels import language_name

CUT = 80


@dataclass(frozen=True)
class ShownLine:
    line: int
    entry_point: str
    partner: str
    problem: str
    area: str
    words: str
    language: str
    has_number: bool
    heard_on: date
    repeated: bool


def shown(read: Read, directory: Directory) -> ShownLine:
    entry, language = read.entry, page_language()
    way = route(directory, entry.country, entry.sector, entry.area, entry.heard_on, entry.outside_focus)
    point = directory.entry_point(entry.country, entry.sector)
    return ShownLine(
        line=read.line,
        entry_point=point.name_in(language) if point else _("No entry point: with the country desk"),
        partner=directory.partner(way.partner).name,
        problem=directory.problem(entry.problem).name_in(language) if entry.problem else _("Problem not known yet"),
        area=directory.area(entry.area).name if entry.area else _("not known"),
        words=entry.words if len(entry.words) <= CUT else entry.words[:CUT].rstrip() + "…",
        language=language_name(entry.language),
        has_number=bool(entry.number),
        heard_on=entry.heard_on,
        repeated=read.repeated,
    )


def codes_of(country: Country, directory: Directory) -> Iterator[tuple[str, str, str]]:
    """Column, code and meaning of everything that may stand in a sheet of this country."""
    language = page_language()
    points = {entry.sector: entry for entry in directory.entry_points if entry.country == country.code}
    for sector in SECTORS:
        yield "about", sector, points[sector].name_in(language) if sector in points else sector
    for entry in points.values():
        yield from (("problem", problem.slug, problem.name_in(language)) for problem in entry.problems)
    yield from (("area", area.code, area.name) for area in directory.areas_of(country.code))
    yield from (("language", code, language_name(code)) for code in country.languages)
    yield "agreed", "yes", _("The person agreed that we text them")
    yield "heard_on", "2026-03-31", _("The day on which they told you")
