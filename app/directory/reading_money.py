"""Read the programmes of an entry point, its responsible offices, and the answers that partners send often."""

from __future__ import annotations

from collections.abc import Iterable

from app.directory.catalogue import Answer
from app.directory.cofog import is_code
from app.directory.money import PARTS, Actors, Programme
from app.directory.source import Shape, Table, key, quoted

LONGEST_ANSWER = 480
"""Characters, three text messages at most: whoever needs more writes it for the person."""

_PROGRAMME: dict[str, Shape] = {
    **dict.fromkeys(("aliases", "cofog"), "texts"),
    **dict.fromkeys(("valid_from", "valid_to"), "date"),
    "confirmed": "flag",
}


def read_programmes(table: Table) -> tuple[Programme, ...]:
    """The programmes of this entry point; two of one name, as a name or as an alias, are a mistake."""
    tables = table.tables("programmes", "entry_points.programmes")
    programmes = tuple(map(_programme, tables))
    seen: set[str] = set()
    for one, programme in zip(tables, programmes, strict=True):
        for name in filter(None, (programme.name, *programme.aliases)):
            if name.casefold() in seen:
                one.wrong(f"the programme {name!r} stands twice", quoted(name))
            seen.add(name.casefold())
    return programmes


def read_actors(table: Table) -> Actors:
    """The offices by what they do."""
    taken = table.table("actors", "entry_points.actors").take({}, dict.fromkeys(PARTS, "texts"))
    return {part: tuple(taken[part]) for part in PARTS if taken[part]}


def read_answers(table: Table, languages: Iterable[str]) -> tuple[Answer, ...]:
    """The answers of this entry point; `languages` are those that the country offers."""
    tables = table.tables("answers", "entry_points.answers")
    answers = tuple(_answer(one, tuple(languages)) for one in tables)
    names = [answer.name for answer in answers]
    for number, one in enumerate(tables):
        if names[number] and names[number] in names[:number]:
            one.wrong(f"the answer {names[number]!r} stands twice", key("name"))
    return answers


def check_cofog(table: Table, codes: Iterable[str]) -> None:
    """Each must be one of the 188 codes of COFOG 1999."""
    for code in codes:
        if not is_code(code):
            table.wrong(f"{code!r} is not a COFOG code", key("cofog"), quoted(code))


def check_days(table: Table, first: object, last: object) -> None:
    """The first day must not be after the last; a day that is missing is open."""
    if first and last and first > last:
        table.wrong("valid_from is after valid_to", key("valid_from"))


def _programme(table: Table) -> Programme:
    taken = table.take({"name": "text"}, _PROGRAMME)
    check_cofog(table, taken["cofog"])
    check_days(table, taken["valid_from"], taken["valid_to"])
    days = taken["valid_from"], taken["valid_to"]
    return Programme(taken["name"], tuple(taken["aliases"]), tuple(taken["cofog"]), *days, taken["confirmed"])


def _answer(table: Table, languages: tuple[str, ...]) -> Answer:
    taken = table.take({"name": "text", "texts": "table"})
    spoken = Table(table.source, taken["texts"], (*table.landmarks, key("name")))
    texts = spoken.take({}, dict.fromkeys(languages, "text"))
    if "texts" in table.values and not taken["texts"]:
        spoken.wrong("an answer needs a text in one language at least")
    for language, text in texts.items():
        if len(text) > LONGEST_ANSWER:
            spoken.wrong(f"longer than {LONGEST_ANSWER} characters", key(language))
    return Answer(taken["name"], {language: text for language, text in texts.items() if text})
