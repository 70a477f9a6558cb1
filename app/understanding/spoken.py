"""Which languages' fixed words count in a country, and the lists of such words."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"

WRITTEN = {
    "GH": ("en", "ak", "ee", "dag", "ha", "pcm"),
    "ID": ("id", "jv", "en"),
    "IN": ("hi", "hi-Latn", "en", "mr", "mr-Latn", "ta", "te"),
    "KE": ("en", "sw"),
    "NG": ("en", "pcm", "ha", "yo", "ig"),
    "SN": ("fr", "wo", "en"),
    "ZA": ("en", "zu", "xh", "st", "tn", "af"),
}
"""The languages people write in each country, more than those that we answer in. Elsewhere: English and French."""


def languages_of(country: str) -> tuple[str, ...]:
    return WRITTEN.get(country, ("en", "fr"))


@cache
def word_lists(file: str) -> dict[str, dict[str, list[str]]]:
    """A file of this room's data: by heading, by language, the words."""
    return tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))


def spoken(file: str, heading: str, country: str) -> list[tuple[str, str]]:
    """The words under a heading in that country's languages, each with its language."""
    lists = word_lists(file)[heading]
    return [(word, language) for language in languages_of(country) for word in lists.get(language, ())]
