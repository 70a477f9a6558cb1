"""From a point on the map to the nearest town, without asking any service for it."""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians
from pathlib import Path

FILE = Path(__file__).parent / "data" / "towns.tsv.xz"

FARTHEST = 100
"""Kilometres from the nearest town within which a point is said to be near it."""

KILOMETRES_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Town:
    """A town of 500 people or more; `area` is its first-level area (ISO 3166-2)."""

    name: str
    area: str
    latitude: float
    longitude: float


def nearest(country: str, latitude: float, longitude: float) -> Town | None:
    """The town of this country that is nearest to the point (in degrees); None where none is near.

    On a flat map: over such distances, so near the equator, it differs from the globe by less than our rounding.
    """
    narrowing = cos(radians(latitude))

    def distance(town: Town) -> float:
        return hypot(town.latitude - latitude, (town.longitude - longitude) * narrowing)

    found = min(_towns().get(country, ()), key=distance, default=None)
    return found if found and distance(found) * KILOMETRES_PER_DEGREE <= FARTHEST else None


@cache
def _towns() -> dict[str, list[Town]]:
    countries: dict[str, list[Town]] = {}
    for line in lzma.decompress(FILE.read_bytes()).decode().split("\n"):
        country, area, latitude, longitude, name = line.split("\t")
        countries.setdefault(country, []).append(Town(name, area, int(latitude) / 100, int(longitude) / 100))
    return countries
