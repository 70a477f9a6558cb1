"""The cells of every table: a country, a sector and an area, or totals over them.

Each month has one set of cells, and every table and picture is a part of that set. So what is kept back is decided
once, and there are no two tables that could be held against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

ALL = "*"
"""In place of a code: over all of them."""

NOT_KNOWN = ""
"""In place of an area's code: people did not say where."""


class Place(NamedTuple):
    """One cell of a month. `area` is ISO 3166-2, NOT_KNOWN or ALL; sector and country may be ALL.

    Areas belong to a country, so there are six kinds: a sector in an area, all sectors in an area, a sector in a
    country, all sectors in a country, a sector everywhere, and everything.
    """

    country: str
    sector: str
    area: str

    @property
    def is_total(self) -> bool:
        return ALL in self


EVERYTHING = Place(ALL, ALL, ALL)


def totals_over(place: Place) -> Iterator[Place]:
    """The five totals to which a sector in an area adds."""
    country, sector, area = place
    yield Place(country, ALL, area)
    yield Place(country, sector, ALL)
    yield Place(country, ALL, ALL)
    yield Place(ALL, sector, ALL)
    yield EVERYTHING


@dataclass(frozen=True)
class Count:
    """What is counted of one cell in one month.

    `people` are different phones that reported; `once` those of them that reported just once in that month, in any
    place.
    `gaps` are those that somebody spoke of, `cases` those opened, `fixes` those that people confirmed as mended.
    """

    reports: int = 0
    people: int = 0
    once: int = 0
    gaps: int = 0
    cases: int = 0
    fixes: int = 0
