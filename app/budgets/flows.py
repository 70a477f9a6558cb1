"""How the money reaches the service of an entry point; its programmes and offices stand in the directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Flow:
    """`calendars` are slugs; `how` is by language."""

    entry_point: str
    level: str
    calendars: tuple[str, ...]
    how: Mapping[str, str] = field(hash=False)
