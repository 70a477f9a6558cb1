"""The usual edits of a country's document, each a change of its values: what a form of the product enters.

None of them checks what is entered: the document that comes of it is read by the same rules as any other.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from app.directory.versions import Edit, editing

Values = dict[str, Any]
Groups = dict[str, list[str]]
Part = Callable[[Values], Any]

TABLES_OF_WORDS = ("words", "hints", "beyond")
NO_PROBLEM = ("any", "decisive", "slurs")


class NoSuchPart(LookupError):
    """The document has no entry point of this slug."""


def an_edit(document: str, base: int, change: Callable[[Values], None], part: Part) -> Edit:
    """The edit that makes this change, which is about this part of the document."""
    return Edit(document, base, editing(change), lambda text: part(tomllib.loads(text)))


def entry_of(values: Values, slug: str) -> Values:
    """The table of this entry point; raises NoSuchPart."""
    found = next((one for one in values.get("entry_points", ()) if one.get("slug") == slug), None)
    if found is None:
        raise NoSuchPart(slug)
    return found


def set_fields(values: Values, fields: Values) -> None:
    """Put these values into a table; an empty text takes its key out, so that a required one is missed."""
    for name, value in fields.items():
        if value in ("", [], None):
            values.pop(name, None)
        else:
            values[name] = value


def set_serving(values: Values, slug: str, rows: Iterable[Values]) -> None:
    """Have these partners serve the entry point, in this order: it decides who takes over from whom."""
    entry_of(values, slug)["serving"] = [_without_empty(row) for row in rows]


def set_problems(values: Values, slug: str, rows: Iterable[Values]) -> None:
    """Offer these problem types, in this order. `names` of a row are those in other languages.

    The words of one that is offered no more go on telling the sector; its hints, which told only it, go with it.
    """
    entry, rows = entry_of(values, slug), [dict(row) for row in rows]
    names = {row["slug"]: row.pop("names", {}) for row in rows}
    gone = {one["slug"] for one in entry.get("problems", ())} - {row["slug"] for row in rows}
    entry["problems"] = [_without_empty(row) for row in rows]
    for problem in gone:
        _forget(entry, problem.partition("/")[2])
    _name(values, names, gone)


def set_money(values: Values, slug: str, programmes: Iterable[Values], actors: Values) -> None:
    """Have these be the programmes of the entry point, and these the offices by what they do."""
    set_fields(
        entry_of(values, slug),
        {
            "programmes": [_without_empty(row) for row in programmes],
            "actors": {part: offices for part, offices in actors.items() if offices} or None,
        },
    )


def set_answers(values: Values, slug: str, rows: Iterable[Values]) -> None:
    """Have these be the answers that partners send often, in this order; a text that is empty is left out."""
    answers = [
        {**row, "texts": {language: text for language, text in row["texts"].items() if text}} for row in rows
    ]
    set_fields(entry_of(values, slug), {"answers": answers})


def set_words(owner: Values, table: str, language: str, groups: Groups) -> None:
    """Have these be the words of this language: `owner` is an entry point, or what lies elsewhere by sector."""
    filled = {group: texts for group, texts in groups.items() if texts}
    languages = owner.setdefault(table, {})
    if filled:
        languages[language] = filled
    else:
        languages.pop(language, None)
    if not languages and table != "words":
        owner.pop(table)


def words_in(owner: Values, table: str, language: str) -> Groups:
    return owner.get(table, {}).get(language, {})


def set_places(values: Values, area: str, names: list[str]) -> None:
    """Have these names of places mean this area."""
    places = values.setdefault("places", {})
    set_fields(places, {area: names})
    if not places:
        values.pop("places")


def set_partner(values: Values, slug: str, fields: Values) -> None:
    """Change this partner, or add it at the end."""
    partners = values.setdefault("partners", [])
    found = next((one for one in partners if one.get("slug") == slug), None)
    if found is None:
        found = {"slug": slug}
        partners.append(found)
    set_fields(found, fields)


def slug_from(name: str) -> str:
    """A slug for something of this name: "No drugs – again" becomes "no-drugs-again"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def phrases(text: str) -> list[str]:
    """One phrase a line, without empty lines and repeats, in the order they were written."""
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def _forget(entry: Values, problem: str) -> None:
    for language, groups in entry.get("words", {}).items():
        told = groups.pop(problem, [])
        if told:
            entry["words"][language]["any"] = list(dict.fromkeys((*groups.get("any", []), *told)))
    for language in list(entry.get("hints", {})):
        entry["hints"][language].pop(problem, None)
        if not entry["hints"][language]:
            entry["hints"].pop(language)
    if "hints" in entry and not entry["hints"]:
        entry.pop("hints")


def _name(values: Values, names: dict[str, dict[str, str]], gone: set[str]) -> None:
    for by_slug in values.get("names", {}).values():
        for slug in gone:
            by_slug.pop(slug, None)
    for slug, by_language in names.items():
        for language, name in by_language.items():
            set_fields(values.setdefault("names", {}).setdefault(language, {}), {slug: name})


def _without_empty(row: Values) -> Values:
    return {name: value for name, value in row.items() if value not in ("", [], None, False)}
