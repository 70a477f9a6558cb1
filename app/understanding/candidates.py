"""The areas that a message may mean where it names more than one, or a place that exists more than once."""

from __future__ import annotations

from app.directory.catalogue import Directory
from app.understanding.fold import words_of
from app.understanding.index import index_of, matches
from app.understanding.meaning import MOST_CHARACTERS
from app.understanding.model import is_known
from app.understanding.places.finding import find
from app.understanding.places.own import own_places
from app.understanding.points import longest


def candidates(text: str, country: str, directory: Directory) -> tuple[str, ...]:
    """Their codes (ISO 3166-2) in the order of the directory. Pure."""
    cut = text[:MOST_CHARACTERS]
    found = longest(matches(index_of(directory, country), words_of(cut)))
    own = own_places(directory, country)
    told = {term.area for match in found for term in match.terms if term.area}
    told |= {area for place in find(cut, country, is_known, own) for area in place.areas}
    return tuple(area.code for area in directory.areas_of(country) if area.code in told)
