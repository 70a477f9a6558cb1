"""What the page of a country and the page of one of its sectors show, from the directory and the budget data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.budgets.calendar import Occurrence, next_windows
from app.budgets.current import calendars_of, flows
from app.budgets.flows import Flow
from app.directory.catalogue import OTHER, SECTORS, Country, Directory, EntryPoint, Partner, ProblemType, Service
from app.directory.channels import Channel
from app.directory.cofog import functions
from app.directory.routing import route
from app.language import SOURCE

COUNTRY_WINDOWS, SECTOR_WINDOWS = 2, 3

Named = tuple[str, str]
"""A name, and the language it is in: what has no translation is shown in English."""


@dataclass(frozen=True)
class Place:
    """A country on one day, for readers of one language."""

    directory: Directory
    country: Country
    channels: tuple[Channel, ...]
    language: str
    today: date

    @property
    def name(self) -> str:
        return self.country.name_in(self.language)

    @property
    def slug(self) -> str:
        return self.country.code.lower()


@dataclass(frozen=True)
class Receiver:
    """A partner at an entry point; no areas means the whole country."""

    partner: Partner
    role: str
    areas: tuple[str, ...]
    office: str


@dataclass(frozen=True)
class Row:
    """One sector of a country; without an entry point the desk receives its reports. `focus` is known in English
    only, and left out for others."""

    sector: str
    name: Named | None
    focus: str | None
    receivers: tuple[Receiver, ...]


@dataclass(frozen=True)
class CountryPage:
    place: Place
    rows: tuple[Row, ...]
    without: tuple[str, ...]
    windows: tuple[Occurrence, ...]


@dataclass(frozen=True)
class SectorPage:
    """`reader` is who gets a report without an area. `entry`, `flow` and what hangs on them are None
    or empty where nobody works on the sector."""

    place: Place
    sector: str
    entry: EntryPoint | None
    name: Named | None
    focus: str | None
    problems: tuple[Named, ...]
    receivers: tuple[Receiver, ...]
    reader: Partner
    flow: Flow | None
    functions: tuple[str, ...]
    windows: tuple[Occurrence, ...]

    @property
    def is_everywhere(self) -> bool:
        """Whether a partner who reads reports works in the whole country."""
        return any(one.role == "movement" and not one.areas for one in self.receivers)


def country_page(place: Place) -> CountryPage:
    code, directory = place.country.code, place.directory
    served = tuple(_row(place, entry) for entry in directory.entry_points if entry.country == code)
    taken = {row.sector for row in served} | {OTHER}
    windows = next_windows(calendars_of(code), place.today)[:COUNTRY_WINDOWS]
    return CountryPage(place, served, tuple(one for one in SECTORS if one not in taken), windows)


def sector_page(place: Place, sector: str) -> SectorPage:
    entry = place.directory.entry_point(place.country.code, sector)
    row = _row(place, entry) if entry else Row(sector, None, None, ())
    flow = flows().get(entry.slug) if entry else None
    calendars = calendars_of(place.country.code, entry.slug) if entry else ()
    return SectorPage(
        place=place,
        sector=sector,
        entry=entry,
        name=row.name,
        focus=row.focus,
        problems=tuple(named(problem, place.language) for problem in entry.problems) if entry else (),
        receivers=row.receivers,
        reader=reader_of(place, sector),
        flow=flow,
        functions=tuple(_function(code, place.language) for code in entry.cofog) if entry else (),
        windows=next_windows(calendars, place.today)[:SECTOR_WINDOWS],
    )


def reader_of(place: Place, sector: str) -> Partner:
    """Who triages a report of this sector that names no area: a partner, else the country's desk."""
    way = route(place.directory, place.country.code, sector, None, place.today)
    return place.directory.partner(way.partner)


def named(thing: EntryPoint | ProblemType, language: str) -> Named:
    """Its name in this language, else in English, and which of the two that is."""
    name = thing.name_in(language)
    return name, SOURCE if name == thing.name else language


def _row(place: Place, entry: EntryPoint) -> Row:
    language = place.language
    serving = (service for service in entry.serving if service.is_valid(place.today))
    receivers = tuple(_receiver(place.directory, service, language) for service in serving)
    return Row(entry.sector, named(entry, language), entry.focus if language == SOURCE else None, receivers)


def _receiver(directory: Directory, service: Service, language: str) -> Receiver:
    areas = tuple(directory.area(code).name_in(language) for code in service.areas)
    return Receiver(directory.partner(service.partner), service.role, areas, service.office)


def _function(code: str, language: str) -> str:
    function = functions().get(code)
    return f"{code} {function.name(language)}" if function else code
