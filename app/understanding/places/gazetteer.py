"""The gazetteer: a folded name of a place to its first-level area, kept small in memory."""

from __future__ import annotations

import lzma
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.understanding.fold import words_of

FILE = Path(__file__).parent / "data" / "places.tsv.xz"


Buckets = dict[tuple[str, int], list[str]]
"""Folded names by first letter and length, for finding one that is spelt a little otherwise."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name may mean: the areas (ISO 3166-2) that have such a place, heaviest first. A small place is
    believed only where the sentence points to a place."""

    areas: tuple[str, ...]
    name: str
    is_small: bool


def key_of(name: str) -> str:
    """The form under which a name is found: folded words without fillers, one space between."""
    return " ".join(words_of(unicodedata.normalize("NFC", name)))


@cache
def gazetteer_of(country: str) -> dict[str, str]:
    """Every name of that country, as its line of the file: read on first use, once for all countries."""
    return _all().get(country, {})


def read_line(key: str, line: str) -> Named:
    areas, spelling, mark = line.split("\t")
    return Named(tuple(areas.split(",")), spelling or key.title(), mark == "S")


@cache
def buckets_of(country: str) -> Buckets:
    """The names of one word."""
    buckets: Buckets = {}
    for key in gazetteer_of(country):
        if " " not in key:
            buckets.setdefault((key[0], len(key)), []).append(key)
    return buckets


@cache
def _all() -> dict[str, dict[str, str]]:
    countries: dict[str, dict[str, str]] = {}
    for line in lzma.decompress(FILE.read_bytes()).decode().split("\n"):
        country, key, rest = line.split("\t", 2)
        countries.setdefault(country, {})[key] = rest
    return countries
