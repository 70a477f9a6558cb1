"""What a form of the directory entered, as values of a document: its reader checks them, nothing here does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from app.directory.editing import Groups, phrases, slug_from
from app.directory.money import PARTS
from sms.text import clean

Form = MultiDict[str, str]
Values = dict[str, Any]

BLANK_ROWS = 2
"""How many rows a form offers for what is new."""

LATER = 999
"""The place of a row that says none."""


def read_texts(form: Form, names: Iterable[str]) -> Values:
    """The fields of these names, on one line each."""
    return {name: _line(form, name) for name in names}


def read_list(form: Form, name: str) -> list[str]:
    """A field of codes with spaces or commas between them."""
    return _line(form, name).replace(",", " ").split()


def read_partners(form: Form) -> list[Values]:
    """The rows of partners that have a name; a new one gets its slug from its acronym."""
    rows = []
    for number in _rows(form, "name"):
        row: Values = {part: _line(form, f"{part}-{number}") for part in ("slug", "name", "acronym")}
        row["slug"] = row["slug"] or slug_from(row["acronym"] or row["name"])
        row |= _days(form, number)
        if row["name"] or row["acronym"]:
            rows.append(row)
    return rows


def read_serving(form: Form) -> list[Values]:
    """The partners of an entry point in the order that their rows give; one without a partner is left out."""
    rows = [_service(form, number) for number in _rows(form, "partner") if _line(form, f"partner-{number}")]
    ordered = sorted(rows, key=lambda row: row["order"])
    return [{name: value for name, value in row.items() if name != "order"} for row in ordered]


def read_problems(form: Form, slug: str, languages: Iterable[str]) -> list[Values]:
    """The problem types that are offered, each with its names in these languages."""
    spoken = tuple(languages)
    rows = []
    for number in _rows(form, "name"):
        row = {part: _line(form, f"{part}-{number}") for part in ("slug", "name", "gap_kind")}
        if not row["name"] or f"offered-{number}" not in form:
            continue
        row["slug"] = row["slug"] or f"{slug}/{slug_from(row['name'])}"
        row["sensitive"] = f"sensitive-{number}" in form
        row["names"] = {language: _line(form, f"name-{number}-{language}") for language in spoken}
        rows.append(row)
    return rows


def read_programmes(form: Form) -> list[Values]:
    """The programmes that have a name; other names stand one a line."""
    return [
        {
            "name": _line(form, f"name-{number}"),
            "aliases": phrases(clean(form.get(f"aliases-{number}", ""))),
            "cofog": read_list(form, f"cofog-{number}"),
            **_days(form, number),
            "confirmed": f"confirmed-{number}" in form,
        }
        for number in _rows(form, "name")
        if _line(form, f"name-{number}")
    ]


def read_actors(form: Form) -> dict[str, list[str]]:
    """The offices by what they do, one a line."""
    return {part: phrases(clean(form.get(f"does-{part}", ""))) for part in PARTS}


def read_answers(form: Form, languages: Iterable[str]) -> list[Values]:
    """The answers that have a name or a text, each with its texts in these languages."""
    spoken = tuple(languages)
    rows = []
    for number in _rows(form, "name"):
        texts = {language: clean(form.get(f"text-{number}-{language}", "")).strip() for language in spoken}
        name = _line(form, f"name-{number}")
        if name or any(texts.values()):
            rows.append({"name": name, "texts": {language: text for language, text in texts.items() if text}})
    return rows


def read_groups(form: Form, table: str) -> Groups:
    """The words of one language by group: fields such as `hints.no-drugs`, one phrase a line."""
    prefix = f"{table}."
    named = [name for name in form if name.startswith(prefix)]
    return {name.removeprefix(prefix): phrases(clean(form.get(name, ""))) for name in named}


def _service(form: Form, number: int) -> Values:
    return {
        "order": _number(form, f"order-{number}"),
        "partner": _line(form, f"partner-{number}"),
        "role": _line(form, f"role-{number}"),
        "lead": form.get("lead") == str(number),
        "office": _line(form, f"office-{number}"),
        "areas": form.getlist(f"areas-{number}"),
        **_days(form, number),
    }


def _days(form: Form, number: int) -> Values:
    return {"valid_from": _day(form, f"from-{number}"), "valid_to": _day(form, f"to-{number}")}


def _rows(form: Form, part: str) -> list[int]:
    """The numbers of the rows that have this part."""
    numbers = (name.removeprefix(f"{part}-") for name in form if name.startswith(f"{part}-"))
    return sorted(int(number) for number in numbers if number.isdecimal() and len(number) < len("1000"))


def _line(form: Form, name: str) -> str:
    return " ".join(clean(form.get(name, "")).split())


def _day(form: Form, name: str) -> date | str:
    """The day, or what was entered for one: the reader will say that it is none."""
    entered = _line(form, name)
    try:
        return date.fromisoformat(entered)
    except ValueError:
        return entered


def _number(form: Form, name: str) -> int:
    entered = _line(form, name)
    return int(entered) if entered.isdecimal() and len(entered) < len(str(LATER)) else LATER
