"""How the money reaches the service of an entry point: programmes, level of government, and who does what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PARTS = ("plans", "approves", "releases", "spends", "checks", "hears")
"""What an office does with the money, in the order of a budget's year."""


@dataclass(frozen=True)
class Programme:
    name: str
    is_confirmed: bool


@dataclass(frozen=True)
class Flow:
    """`parts` are what is done with the offices that do it, `calendars` are slugs; `how` is by language."""

    entry_point: str
    level: str
    calendars: tuple[str, ...]
    programmes: tuple[Programme, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    how: Mapping[str, str] = field(hash=False)
