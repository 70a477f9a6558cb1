"""Where a message says it is: the directory's names first, then the gazetteer; what exists twice is not guessed."""

from __future__ import annotations

from dataclasses import dataclass

from app.understanding.index import Match
from app.understanding.model import is_known
from app.understanding.places.finding import find
from app.understanding.places.gazetteer import Named
from app.understanding.places.own import NO_PLACES, OwnPlaces


@dataclass(frozen=True)
class Where:
    """The one first-level area (ISO 3166-2) named, and a finer place of it; `is_ambiguous` when what was named
    lies in more than one area."""

    area: str | None = None
    place: str | None = None
    is_ambiguous: bool = False


def where(text: str, country: str, counted: list[Match], own: OwnPlaces = NO_PLACES) -> Where:
    """Find it. `counted` are the directory's phrases found, its names of areas and places among them; `own` are its
    places again, to be found misspelt."""
    named = [areas for match in counted if (areas := {term.area: term for term in match.terms if term.area})]
    told = {area: term for areas in named if len(areas) == 1 for area, term in areas.items()}
    if len(told) > 1 or (named and not told):
        return Where(is_ambiguous=True)
    places = find(text, country, is_known, own)
    if told:
        (area, term), *_ = told.items()
        finer = next((place.name for place in places if area in place.areas), None)
        return Where(area, finer or (None if term.is_area_itself else term.spelling))
    return _of_places(places)


def _of_places(places: list[Named]) -> Where:
    """The area that all places share; two places in two areas are as unclear as a name that exists twice."""
    clear = {place.areas[0]: place for place in reversed(places) if len(place.areas) == 1}
    doubtful = [place for place in places if len(place.areas) > 1]
    if len(clear) == 1:
        (area, place), *_ = clear.items()
        return Where(area, place.name)
    return Where(is_ambiguous=bool(clear or doubtful))
