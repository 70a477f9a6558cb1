"""Read what problem types, areas and entry points are called in the other languages of a country.

A country's file has a table [names.<language>] for each language it offers beside English. Each names every problem
type of the country by its slug. Entry points may be named too, and areas by their codes. A language that staff
alone read may have a table too, and need not name everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.directory.catalogue import Country, Directory, EntryPoint, Names
from app.directory.source import Table, key, quoted
from app.language import SOURCE, STAFF_LANGUAGES

Called = Mapping[str, Names]
"""By slug or code, the names by language."""


def read_names(directory: Directory, tables: Sequence[Table]) -> Directory:
    """The directory with these names; `tables` are its countries', in their order.

    An unknown slug or code, a language that is not offered and a problem type without a name are mistakes of their
    file.
    """
    called: dict[str, dict[str, str]] = defaultdict(dict)
    for table, country in zip(tables, directory.countries, strict=True):
        for language, names in _of_country(table, country, directory).items():
            for named, name in names.items():
                called[named][language] = name
    areas = tuple(replace(area, names=called.get(area.code, {})) for area in directory.areas)
    entry_points = tuple(_entry_point(entry, called) for entry in directory.entry_points)
    return replace(directory, areas=areas, entry_points=entry_points)


def _entry_point(entry: EntryPoint, called: Called) -> EntryPoint:
    problems = (replace(problem, names=called.get(problem.slug, {})) for problem in entry.problems)
    return replace(entry, problems=tuple(problems), names=called.get(entry.slug, {}))


def _of_country(table: Table, country: Country, directory: Directory) -> dict[str, Names]:
    """The names by language, then by slug or code."""
    spoken = table.values.get("names")
    languages = Table(table.source, spoken if isinstance(spoken, dict) else {})
    offered = [language for language in country.languages if language != SOURCE]
    read_by_staff = {language for language in STAFF_LANGUAGES if language in languages.values} - {SOURCE, *offered}
    for language in languages.take({}, dict.fromkeys(languages.values, "table")):
        if language not in read_by_staff.union(offered):
            listed = languages.table(language, f"names.{language}")
            listed.wrong(f"{language!r} is no other language that {country.code} offers")
    everywhere = {language: _in_language(table, languages, language, country, directory) for language in offered}
    return everywhere | {
        language: _as_far_as_named(languages, language, country, directory) for language in sorted(read_by_staff)
    }


def _in_language(
    table: Table, languages: Table, language: str, country: Country, directory: Directory
) -> dict[str, str]:
    problems, others = _named_in(country, directory)
    if problems and language not in languages.values:
        table.wrong(f"no names in {language!r}", key("languages"), quoted(language))
        return {}
    listed = languages.table(language, f"names.{language}")
    named = listed.take(dict.fromkeys(problems, "text"), dict.fromkeys(others, "text"))
    return {of: name for of, name in named.items() if name}


def _as_far_as_named(languages: Table, language: str, country: Country, directory: Directory) -> dict[str, str]:
    problems, others = _named_in(country, directory)
    listed = languages.table(language, f"names.{language}")
    named = listed.take({}, dict.fromkeys(problems | others, "text"))
    return {of: name for of, name in named.items() if name}


def _named_in(country: Country, directory: Directory) -> tuple[set[str], set[str]]:
    """The slugs of the problem types of a country; the slugs and codes of its entry points and areas."""
    entries = [entry for entry in directory.entry_points if entry.country == country.code]
    problems = {problem.slug for entry in entries for problem in entry.problems}
    return problems, {area.code for area in directory.areas_of(country.code)} | {entry.slug for entry in entries}
