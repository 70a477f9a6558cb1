"""Read the directory from its folder: areas.toml, one file per country, international.toml.

Every mistake in every file is collected before anything is refused, each with its file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.directory.catalogue import LANGUAGES, Area, Country, Directory, Partner
from app.directory.reading_entries import Known, read_elsewhere, read_entry_point
from app.directory.reading_money import check_days
from app.directory.reading_names import read_names
from app.directory.reading_places import read_places
from app.directory.source import Shape, Source, Table, header, key, quoted, read_source

AREAS_FILE = "areas.toml"
INTERNATIONAL_FILE = "international.toml"

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PARTNER_KINDS = ("organisation", "desk", "reviewer")

_COUNTRY_FORMS = {"code": r"[A-Z]{2}", "dialling_code": r"\+[1-9]\d{0,2}", "currency": r"[A-Z]{3}"}
_COUNTRY: dict[str, Shape] = {
    **dict.fromkeys(("code", "name", "dialling_code", "currency", "timezone", "desk"), "text"),
    "languages": "texts",
}
_COUNTRY_PARTS: dict[str, Shape] = {
    "partners": "tables",
    "entry_points": "tables",
    "elsewhere": "table",
    "places": "table",
    "names": "table",
}


@dataclass(frozen=True)
class Mistake:
    """What is wrong on a line (counted from 1) of a document."""

    document: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}: {self.what}"


class DirectoryError(ValueError):
    """The documents do not describe a directory; one `<document>:<line>: what is wrong` per line."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


def read_directory(folder: Path) -> Directory:
    """The directory that the folder's TOML files describe; raises DirectoryError listing every mistake."""
    return read_sources([read_source(path) for path in sorted(folder.glob("*.toml"))])


def read_sources(sources: Sequence[Source]) -> Directory:
    """The directory that these documents describe together; raises DirectoryError listing every mistake."""
    tables = [Table(source, source.tables()) for source in sources]
    _refuse_mistakes(sources)
    described = _areas(_named(tables, AREAS_FILE))
    areas = read_places(tables, described)
    partners = _partners(table for table in tables if table.source.name != AREAS_FILE)
    countries = [table for table in tables if table.source.name not in (AREAS_FILE, INTERNATIONAL_FILE)]
    directory = read_names(_directory(countries, areas, partners), countries)
    _refuse_mistakes(sources)
    return directory


def _directory(tables: list[Table], areas: tuple[Area, ...], partners: tuple[Partner, ...]) -> Directory:
    known = Known({partner.slug: partner for partner in partners}, {area.code: area for area in areas})
    countries = tuple(_country(table, known) for table in tables)
    paired = [*zip(tables, countries, strict=True)]
    entries = [
        read_entry_point(entry, country, known)
        for table, country in paired
        for entry in table.tables("entry_points", "entry_points")
    ]
    sectors = {(entry.country, entry.sector) for entry in entries}
    elsewhere = [one for table, country in paired for one in read_elsewhere(table, country.code, sectors)]
    _refuse_repeats([(table, "code", country.code) for table, country in paired])
    _refuse_repeats(_slugs(tables, "entry_points"))
    return Directory(countries, areas, partners, tuple(entries), tuple(elsewhere))


def _named(tables: Iterable[Table], name: str) -> Table:
    """The table of that file; a file that is not there counts as empty, and says so on line 1."""
    return next((table for table in tables if table.source.name == name), Table(Source(name, ""), {}))


def _areas(table: Table) -> tuple[Area, ...]:
    """Each table is a country, each key a code, each value a name or a table of `name` and `spoken`."""
    return tuple(
        _area(Table(table.source, {code: value}, (header(country),)), country, code)
        for country, listed in table.values.items()
        for code, value in (listed.items() if isinstance(listed, dict) else ())
    )


def _area(table: Table, country: str, code: str) -> Area:
    value = table.values[code]
    if not re.fullmatch(rf"{country}-[A-Z0-9]{{1,3}}", code):
        table.wrong(f"{code!r} is not an ISO 3166-2 code of {country}", key(code))
    if isinstance(value, str):
        return Area(code, value, country, (value,))
    if not isinstance(value, dict):
        table.wrong(f"{code!r} must be a name, or a table of name and spoken", key(code))
        return Area(code, "", country)
    described = Table(table.source, value, (*table.landmarks, key(code)))
    taken = described.take({"name": "text"}, {"spoken": "texts"})
    return Area(code, taken["name"], country, tuple(taken["spoken"]) or (taken["name"],))


def _partners(tables: Iterable[Table]) -> tuple[Partner, ...]:
    files = list(tables)
    _refuse_repeats(_slugs(files, "partners"))
    return tuple(
        _partner(partner, file.values.get("code"))
        for file in files
        for partner in file.tables("partners", "partners")
    )


def _partner(table: Table, country: Any) -> Partner:
    required = dict.fromkeys(("slug", "name", "acronym"), "text")
    taken = table.take(required, {"kind": "text", "valid_from": "date", "valid_to": "date"})
    check_days(table, taken["valid_from"], taken["valid_to"])
    kind = taken["kind"] or "organisation"
    if taken["slug"] and not SLUG.fullmatch(taken["slug"]):
        table.wrong(f"bad slug {taken['slug']!r}: lower case, digits and single hyphens", key("slug"))
    if kind not in PARTNER_KINDS:
        table.wrong(f"unknown kind {kind!r}: one of {', '.join(PARTNER_KINDS)}", key("kind"))
    named = {name: taken[name] for name in ("slug", "name", "acronym", "valid_from", "valid_to")}
    return Partner(**named, kind=kind, country=country)


def _country(table: Table, known: Known) -> Country:
    taken = table.take(_COUNTRY, _COUNTRY_PARTS)
    _check_country(table, taken)
    _check_desk(table, taken, known)
    return Country(**{**{name: taken[name] for name in _COUNTRY}, "languages": tuple(taken["languages"])})


def _check_country(table: Table, taken: dict[str, Any]) -> None:
    for name, form in _COUNTRY_FORMS.items():
        if taken[name] and not re.fullmatch(form, taken[name]):
            table.wrong(f"{name} {taken[name]!r} has not the form {form}", key(name))
    if taken["code"] and table.source.name != f"{taken['code'].lower()}.toml":
        table.wrong(f"country {taken['code']} belongs in {taken['code'].lower()}.toml", key("code"))
    for language in taken["languages"]:
        if language not in LANGUAGES:
            table.wrong(f"unknown language {language!r}", key("languages"), quoted(language))


def _check_desk(table: Table, taken: dict[str, Any], known: Known) -> None:
    desk = known.partners.get(taken["desk"])
    if taken["desk"] and (desk is None or desk.kind != "desk" or desk.country != taken["code"]):
        table.wrong(f"{taken['desk']!r} is not a desk of this country", key("desk"))


def _slugs(files: Iterable[Table], part: str) -> list[tuple[Table, str, Any]]:
    return [(table, "slug", table.values.get("slug")) for file in files for table in file.tables(part, part)]


def _refuse_repeats(named: Sequence[tuple[Table, str, Any]]) -> None:
    seen: set[str] = set()
    for table, name, value in named:
        if isinstance(value, str) and value in seen:
            table.wrong(f"duplicate {name} {value!r}", key(name))
        seen.add(str(value))


def _refuse_mistakes(sources: Sequence[Source]) -> None:
    """Asked twice: what is no TOML says nothing, so its keys are not worth missing."""
    found = [Mistake(source.name, line, what) for source in sources for line, what in sorted(source.errors)]
    if AREAS_FILE not in {source.name for source in sources}:
        found.append(Mistake(AREAS_FILE, 1, "missing"))
    if found:
        raise DirectoryError(*found)
