"""The places that partners entered in the directory, so that they are found although they are misspelt.

Their exact names stand in the index of the directory's words; here are their usual spelling and what differs from
it by a slip of the finger. Most of them are in no gazetteer: informal settlements, wards, new districts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.directory.catalogue import Area, Directory
from app.understanding.fold import is_indic
from app.understanding.index import DIRECTORIES_KEPT
from app.understanding.places.gazetteer import Buckets, Named, key_of

SHORTEST = 5
"""Letters of a name that is looked for misspelt: one fewer than in the gazetteer, for these are few."""


@dataclass(frozen=True, eq=False)
class OwnPlaces:
    """The places of one country: by folded name, by the same without spaces ("capetown"), and the folded names by
    first letter and length."""

    named: dict[str, Named]
    joined: dict[str, Named]
    buckets: Buckets


NO_PLACES = OwnPlaces({}, {}, {})


@lru_cache(maxsize=DIRECTORIES_KEPT)
def own_places(directory: Directory, country: str) -> OwnPlaces:
    """Those of this country. A name that lies in two of its areas keeps both, so that people are asked."""
    named: dict[str, Named] = {}
    for area in directory.areas_of(country):
        for key, name in _keys(area):
            before = named.get(key)
            areas = (*before.areas, area.code) if before and area.code not in before.areas else (area.code,)
            named[key] = Named(areas, name, is_small=True)
    buckets: Buckets = {}
    for key in named:
        if len(key) >= SHORTEST and not is_indic(key):
            buckets.setdefault((key[0], len(key)), []).append(key)
    return OwnPlaces(named, {key.replace(" ", ""): place for key, place in named.items()}, buckets)


def _keys(area: Area) -> Iterator[tuple[str, str]]:
    """Its places, but for the area's own name, which the index knows and which is no finer place."""
    own = key_of(area.name)
    for name in area.spoken:
        key = key_of(name)
        if key and key != own:
            yield key, area.usual(name)
