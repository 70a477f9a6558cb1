"""Which area somebody means by the name they typed."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from app.directory.catalogue import Area
from app.understanding.fold import fold, words_of

MOST_CANDIDATES = 4

ALIKE = 0.8
"""Ratio of `difflib` from which two spellings count as the same name: "Kisumo" and "Kisumu" have 0.83, "Busia" and
"Lusaka" 0.55."""


def find_areas(areas: Sequence[Area], typed: str) -> tuple[Area, ...]:
    """The area of that name; else those whose names have its words, else those spelt alike: at most four."""
    names = {_known(name): area for area in areas for name in (*area.spoken, area.name, *area.names.values())}
    wanted = _plain(typed)
    if wanted in names:
        return (names[wanted],)
    return _distinct(_sharing(names, wanted) or get_close_matches(wanted, names, MOST_CANDIDATES, ALIKE), names)


def _sharing(names: dict[str, Area], wanted: str) -> list[str]:
    """Names of which one holds all words of the other: "Nairobi" and "Nairobi City", "Volta Region" and "Volta"."""
    words = set(wanted.split())
    return [name for name in names if words and (words <= set(name.split()) or set(name.split()) <= words)]


def _distinct(found: Sequence[str], names: dict[str, Area]) -> tuple[Area, ...]:
    return tuple(dict.fromkeys(names[name] for name in found))[:MOST_CANDIDATES]


@lru_cache(maxsize=4096)
def _known(name: str) -> str:
    """A name of the directory's; what people type is not kept."""
    return _plain(name)


def _plain(name: str) -> str:
    return " ".join(words_of(name)) or fold(name).strip()
