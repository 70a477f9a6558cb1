"""The command `understand`: what messages mean, without storing anything."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from app.directory.catalogue import Directory
from app.directory.load import DATA
from app.directory.reading import read_directory
from app.understanding.meaning import Meaning, understand
from sms.numbers import country_of


class BadLine(ValueError):
    """A line of the input is not a message; says why."""


@click.command("understand")
def understand_command() -> None:
    """Read JSON lines `{id, from | country, text}` from standard input, write one line of meaning for each.

    Works on the directory's data files, so it needs no database. A line that is no such message is told on
    standard error and left out; the others are answered all the same, each at once, and the command fails at the
    end.
    """
    directory = read_directory(DATA)
    wrong = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            described = describe_line(line, directory)
        except BadLine as error:
            wrong += 1
            click.echo(f"line {number}: {error}", err=True)
            continue
        click.echo(_written(described))
    if wrong:
        raise click.ClickException(f"{wrong} of the lines left out")


def _written(described: dict[str, Any]) -> str:
    """As JSON, readable in every script; half a character, which no file can hold, as JSON names it."""
    plain = json.dumps(described, ensure_ascii=False)
    return plain if plain.isascii() or _is_whole(plain) else json.dumps(described)


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def describe_line(line: str, directory: Directory) -> dict[str, Any]:
    """One line of the output for one line of the input; raises BadLine."""
    try:
        asked = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLine(f"no JSON: {error.msg}") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise BadLine("an object with id, text, and from or country is expected")
    country = _country(asked, directory)
    return describe(asked.get("id"), country, understand(asked["text"], country, directory))


def describe(name: Any, country: str, meaning: Meaning) -> dict[str, Any]:
    """The meaning in the form of the product's contract."""
    return {
        "id": name,
        "kind": meaning.kind,
        "command": meaning.command,
        "language": meaning.language,
        "country": country,
        "sector": meaning.sector,
        "entry_point": meaning.entry_point,
        "problem_type": meaning.problem_type,
        "gap_kind": meaning.gap_kind,
        "area": meaning.area,
        "place": meaning.place,
        "confidence": meaning.confidence,
        "evidence": list(meaning.evidence),
        "ask": meaning.ask,
    }


def _country(asked: dict[str, Any], directory: Directory) -> str:
    """The country named, else the one that the sender's number belongs to."""
    named = asked.get("country")
    code = named.upper() if isinstance(named, str) else country_of(str(asked.get("from", "")))
    if code not in {country.code for country in directory.countries}:
        raise BadLine(f"no country of ours: {named or asked.get('from')!r}")
    return code
