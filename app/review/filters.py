"""What the reviewer has chosen to see; it stands in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.directory.catalogue import SECTORS, Directory
from app.figures.places import ALL
from app.figures.reading import MEASURES, ClosedMonth


@dataclass(frozen=True)
class Filters:
    """The month, one country and one sector (None: all), and which figure the overview and the pictures show."""

    closed: ClosedMonth
    country: str | None = None
    sector: str | None = None
    measure: str = MEASURES[0]

    @property
    def place(self) -> tuple[str, str]:
        """Country and sector as the figures name them."""
        return self.country or ALL, self.sector or ALL

    def as_query(self, **changes: Any) -> dict[str, str]:
        """The query of a page that shows the same but for these changes."""
        query = {
            "month": f"{self.closed.month:%Y-%m}",
            "country": self.country,
            "sector": self.sector,
            "measure": self.measure,
        }
        return {name: value for name, value in (query | changes).items() if value}


def read_filters(query: Mapping[str, str], months: Sequence[ClosedMonth], directory: Directory) -> Filters:
    """The filters in this query string, by default the newest month. A value that is not offered is no filter."""
    named = {f"{closed.month:%Y-%m}": closed for closed in months}
    countries = {country.code for country in directory.countries}
    country, sector, measure = (query.get(name, "") for name in ("country", "sector", "measure"))
    return Filters(
        named.get(query.get("month", ""), months[0]),
        country if country in countries else None,
        sector if sector in SECTORS else None,
        measure if measure in MEASURES else MEASURES[0],
    )
