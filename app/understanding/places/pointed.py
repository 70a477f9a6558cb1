"""Names of places that are words too ("Wote", "Ho", "UP"): places only where the sentence points at one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from app.understanding.fold import fold
from app.understanding.places.gazetteer import Named

FILE = Path(__file__).parent.parent / "data" / "pointed.toml"


def pointed(word: str, before: str, after: str, country: str) -> Named | None:
    """The place of that folded name, standing between two words of which one points at a place."""
    named = _names(country).get(word)
    return named if named and (before in _pointers("before") or after in _pointers("after")) else None


@cache
def _pointers(side: str) -> frozenset[str]:
    return frozenset(map(fold, _read()[side]))


@cache
def _names(country: str) -> dict[str, Named]:
    listed = _read().get(country, {})
    return {fold(name): Named((area,), name, False) for area, names in listed.items() for name in names}


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
