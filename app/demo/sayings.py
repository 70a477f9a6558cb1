"""What people write in the demo and what is answered: the files in `words`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"
PLACE = "{place}"


@dataclass(frozen=True)
class Saying:
    """One message; `problem` is a type's slug, None where a desk has it. PLACE in it stands for a place's name."""

    language: str
    text: str
    problem: str | None


@dataclass(frozen=True)
class Topic:
    """What is said about one sector in one country, and the tags that are put on it."""

    sayings: tuple[Saying, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Country:
    """`topics` by sector; `places` by area; `notes` are those of its staff."""

    topics: Mapping[str, Topic]
    places: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """Of one language: what partners answer, what people add to it, and what is no report."""

    answers: tuple[str, ...]
    more: tuple[str, ...]
    noise: tuple[str, ...]


@cache
def country_words(country: str) -> Country:
    said = _read(f"{country.lower()}.toml")
    places = {area: tuple(names) for area, names in said["places"].items()}
    return Country(dict(_topics(country, said["of"])), places, tuple(said["notes"]))


@cache
def phrases() -> Mapping[str, Phrases]:
    """By language."""
    lists = ("answers", "more", "noise")
    said = _read("languages.toml")
    return {language: Phrases(*(tuple(one[name]) for name in lists)) for language, one in said.items()}


def _topics(country: str, rows: list[dict[str, Any]]) -> Iterator[tuple[str, Topic]]:
    for row in rows:
        if row.get("desk"):
            yield from _of_the_desk(row)
        else:
            entry_point = f"{country.lower()}-{row['sector']}"
            said = (Saying(language, text, f"{entry_point}/{name}") for name, language, text in row["said"])
            yield row["sector"], Topic(tuple(said), tuple(row["tags"]))


def _of_the_desk(row: dict[str, Any]) -> Iterator[tuple[str, Topic]]:
    """Sectors without an entry point in the country; no type of problem is known there."""
    for sector in sorted({sector for sector, _language, _text in row["said"]}):
        said = (Saying(language, text, None) for of, language, text in row["said"] if of == sector)
        yield sector, Topic(tuple(said), tuple(row["tags"]))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
