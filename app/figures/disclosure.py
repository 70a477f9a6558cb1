"""How many people a published cell has to speak of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from app.figures.places import Place, totals_over

FILE = Path(__file__).parent / "data" / "disclosure.toml"


@dataclass(frozen=True)
class Rules:
    """What the data file says. `sensitive` are slugs of entry points, `small` codes of areas."""

    closing: timedelta
    fewest: int
    fewest_where_sensitive: int
    sensitive: frozenset[str]
    small: frozenset[str]

    def fewest_of(self, place: Place) -> int:
        """How many people at least a sector in an area has to show; `place` is no total."""
        is_sensitive = f"{place.country.lower()}-{place.sector}" in self.sensitive or place.area in self.small
        return self.fewest_where_sensitive if is_sensitive else self.fewest

    def fewest_in(self, places: Iterable[Place]) -> Mapping[Place, int]:
        """The same for each of these cells: a total asks for as many as the strictest cell that adds to it."""
        fewest = {place: self.fewest_of(place) for place in places if not place.is_total}
        for place, number in tuple(fewest.items()):
            for total in totals_over(place):
                fewest[total] = max(number, fewest.get(total, 0))
        return fewest


@cache
def rules() -> Rules:
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Rules(
        timedelta(days=said["closing_days"]),
        said["fewest_people"],
        said["fewest_where_sensitive"],
        frozenset(said["sensitive"]),
        frozenset(said["small"]),
    )
