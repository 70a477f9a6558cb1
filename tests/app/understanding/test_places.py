"""Places: towns, districts and sub-counties, misspelt or not; what exists twice is asked about."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.understanding.meaning import Meaning, understand
from app.understanding.places.finding import find
from app.understanding.places.gazetteer import gazetteer_of, read_line
from tests.app.understanding.directory_data import shipped_directory

MOST_MEGABYTES, MOST_SECONDS = 60, 1.0
COST = """
import json, time, psutil
from app.directory.load import DATA
from app.directory.reading import read_directory
from app.understanding.places import finding, gazetteer, own
directory, process = read_directory(DATA), psutil.Process()
before, began = process.memory_info().rss, time.thread_time()
for country in directory.countries:
    gazetteer.buckets_of(country.code), own.own_places(directory, country.code)
seconds = time.thread_time() - began
print(json.dumps({"megabytes": (process.memory_info().rss - before) / 1e6, "seconds": seconds}))
"""

COUNTRIES = ("GH", "IN", "ID", "KE", "NG", "SN", "ZA")

NAMED = [
    ("KE", "no drugs in Matayos", "KE-04"),
    ("KE", "maji hakuna Chemolingot", "KE-01"),
    ("KE", "no nurse at the clinic in Eldoret", "KE-44"),
    ("KE", "no nurse at the clinic in Elodret", "KE-44"),
    ("GH", "fertilizer finished in Gushegu", "GH-NP"),
    ("GH", "no fertilizer in Tamale", "GH-NP"),
    ("GH", "fertilizer no dey for Bimbilla", "GH-NP"),
    ("SN", "fosse pleine à Richard Toll", "SN-SL"),
    ("ZA", "no water in Seshego", "ZA-LP"),
    ("IN", "anganwadi band hai Nandurbar me", "IN-MH"),
    ("IN", "scholarship not paid in Lucknow", "IN-UP"),
    ("IN", "नंदुरबारमध्ये अंगणवाडी बंद", "IN-MH"),
    ("ID", "bansos belum cair di Penjaringan", "ID-JK"),
    ("ID", "solar nelayan habis di Cilacap", "ID-JT"),
    ("NG", "no drugs for PHC Nnewi", "NG-AN"),
    ("NG", "fertilizer no reach Hadejia", "NG-JI"),
    ("SN", "inondation à Keur Massar", "SN-DK"),
    ("SN", "fosse pleine à Mbour", "SN-TH"),
    ("ZA", "akukho manzi eKhayelitsha", "ZA-WC"),
    ("ZA", "no toilets in Mdantsane", "ZA-EC"),
]


MISSPELT = [
    ("ZA", "no water in Khayelitsa", "ZA-WC", "Khayelitsha"),
    ("SN", "fosse pleine à Keur Masar", "SN-DK", "Keur Massar"),
    ("SN", "fosse pleine à Yeumbel", "SN-DK", "Yeumbeul"),
    ("KE", "no water in Tiati", "KE-01", "Tiaty"),
    ("KE", "no water in Chemolingott", "KE-01", "Chemolingot"),
    ("KE", "no water in Maragat", "KE-01", "Marigat"),
    ("GH", "the mine polluted our water at Prestia", "GH-WP", "Prestea"),
    ("GH", "no fertilizer in Fumbissi", "GH-UE", "Fumbisi"),
    ("GH", "no fertilizer in Gushiegu", "GH-NP", "Gushegu"),
    ("ID", "bansos blm cair di Marundha", "ID-JK", "Marunda"),
    ("ID", "bansos blm cair di Penjaringn", "ID-JK", "Penjaringan"),
    ("NG", "no drugs in ijebu ode", "NG-OG", "Ijebu-Ode"),
]
"""Places of our partners, most of them in no gazetteer, with a slip of the finger or by another of their names."""


@pytest.mark.parametrize(("country", "text", "area", "place"), MISSPELT)
def test_a_partners_place_is_found_misspelt_and_told_by_its_usual_name(
    country: str, text: str, area: str, place: str
) -> None:
    meaning = _read(text, country)
    assert (meaning.area, meaning.place) == (area, place)


def test_a_place_that_partners_entered_in_two_areas_is_asked_about() -> None:
    shipped = shipped_directory()
    twice = {
        area.code: (*area.spoken, "Manyatta Mpya") for area in shipped.areas if area.code in ("KE-01", "KE-04")
    }
    areas = tuple(replace(area, spoken=twice.get(area.code, area.spoken)) for area in shipped.areas)
    for text in ("no water in Manyatta Mpya", "no water in Manyata Mpya"):
        meaning = understand(text, "KE", replace(shipped, areas=areas))
        assert (meaning.area, meaning.ask) == (None, "area"), text


def test_the_gazetteer_costs_little_memory_and_time() -> None:
    """All countries, in a process that knows nothing yet: the promise is 60 MB and one second."""
    told = subprocess.run([sys.executable, "-c", COST], capture_output=True, check=True, timeout=60).stdout
    cost = json.loads(told)
    assert cost["megabytes"] <= MOST_MEGABYTES
    assert cost["seconds"] <= MOST_SECONDS


def _read(text: str, country: str) -> Meaning:
    return understand(text, country, shipped_directory())


@pytest.mark.parametrize(("country", "text", "area"), NAMED)
def test_a_place_tells_its_first_level_area(country: str, text: str, area: str) -> None:
    meaning = _read(text, country)
    assert meaning.area == area
    assert meaning.place


def test_a_name_that_exists_twice_is_asked_about() -> None:
    meaning = _read("no drugs at the PHC in Ifelodun", "NG")
    assert (meaning.area, meaning.ask, meaning.entry_point) == (None, "area", "ng-health")


@pytest.mark.parametrize("place", ["Rongai", "Githurai"])
def test_a_place_of_the_directory_that_lies_in_two_counties_is_asked_about(place: str) -> None:
    meaning = _read(f"no drugs at the dispensary in {place}", "KE")
    assert (meaning.area, meaning.ask, meaning.entry_point) == (None, "area", "ke-health")


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ("Rongai, Nakuru", "KE-31"),
        ("Ongata Rongai", "KE-10"),
        ("Githurai Kiambu", "KE-13"),
        ("Githurai 44", "KE-30"),
    ],
)
def test_what_is_said_beside_it_tells_which_county_is_meant(place: str, area: str) -> None:
    meaning = _read(f"hakuna maji {place}", "KE")
    assert (meaning.area, meaning.ask) == (area, None)


def test_the_area_named_beside_it_decides_which_of_two_is_meant() -> None:
    meaning = _read("no drugs at the PHC in Surulere, Lagos", "NG")
    assert (meaning.area, meaning.place, meaning.ask) == ("NG-LA", "Surulere", None)


@pytest.mark.parametrize("text", ["bantuan lama belum cair", "hakuna dawa sokoni", "solar butuh banyak di kota"])
def test_everyday_words_are_no_places(text: str) -> None:
    assert _read(text, "KE" if "dawa" in text else "ID").area is None


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_name_of_the_gazetteer_lies_in_areas_of_its_country(country: str) -> None:
    codes = {area.code for area in shipped_directory().areas_of(country)}
    named = [read_line(key, line) for key, line in gazetteer_of(country).items()]
    assert len(named) > 400
    assert {code for one in named for code in one.areas} <= codes
    assert all(one.name and one.areas for one in named)


@given(st.text(), st.sampled_from(COUNTRIES))
def test_no_text_breaks_the_search_for_places(text: str, country: str) -> None:
    for named in find(text, country, lambda _word: False):
        assert all(code.startswith(f"{country}-") for code in named.areas)


@pytest.mark.parametrize(
    ("country", "text", "area"),
    [
        ("ZA", "no taps in kayelitsha", "ZA-WC"),
        ("ZA", "no water in capetown", "ZA-WC"),
        ("ZA", "no toilets in Kwa Mashu", "ZA-KZN"),
        ("NG", "nurse no dey for PH city", "NG-RI"),
        ("NG", "no drugs in ogun state", "NG-OG"),
        ("GH", "no fertilizer in wa", "GH-UW"),
    ],
)
def test_nicknames_and_other_writings_of_a_place_are_found(country: str, text: str, area: str) -> None:
    assert _read(text, country).area == area


def test_a_word_that_is_a_place_too_is_none_where_nothing_points_at_one() -> None:
    assert _read("wa ho te sen na fertilizer nni ho", "GH").area is None
