"""What people know the money at an entry point by: its programmes, and the offices that answer for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PARTS = ("plans", "approves", "releases", "spends", "checks", "hears")
"""What an office does with the money, in the order of a budget's year."""

Actors = Mapping[str, tuple[str, ...]]
"""The responsible offices by what they do: the keys are of PARTS, in their order."""


@dataclass(frozen=True)
class Programme:
    """A programme under its present or last name. `aliases` are what else it is or was called ("NHIF" of the SHA);
    the days include their own, None meaning open; without `cofog` codes those of the entry point hold."""

    name: str
    aliases: tuple[str, ...] = ()
    cofog: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    is_confirmed: bool = False

    def is_valid(self, on: date) -> bool:
        return within(self.valid_from, self.valid_to, on)


def within(first: date | None, last: date | None, on: date) -> bool:
    """Whether a day lies between these two, both included; None is an open end."""
    return (first is None or first <= on) and (last is None or on <= last)
