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

    Works on the directory's data files, so it needs no database. Stops with an error at the first line that is
    no such message.
    """
    directory = read_directory(DATA)
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            described = describe_line(line, directory)
        except BadLine as error:
            raise click.ClickException(f"line {number}: {error}") from None
        sys.stdout.write(json.dumps(described, ensure_ascii=False) + "\n")
    sys.stdout.flush()


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
