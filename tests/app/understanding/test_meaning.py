from __future__ import annotations

import time
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.understanding.fold import words_of
from app.understanding.index import LONGEST_STEM
from app.understanding.meaning import Meaning, understand
from tests.app.understanding.directory_data import shipped_directory

COUNTRIES = ("GH", "IN", "ID", "KE", "NG", "SN", "ZA")
ANY_WORDS = sorted({word.text for entry in shipped_directory().entry_points for word in entry.words})
WILD = st.text() | st.lists(st.sampled_from(ANY_WORDS) | st.text(max_size=8), max_size=12).map(" ".join)


def _read(text: str, country: str = "KE") -> Meaning:
    return understand(text, country, shipped_directory())


@settings(max_examples=300, deadline=None)
@given(text=WILD, country=st.sampled_from(COUNTRIES))
def test_no_text_at_all_breaks_understanding_and_every_answer_fits_together(text: str, country: str) -> None:
    meaning = _read(text, country)
    entry = shipped_directory().entry_point(country, meaning.sector)
    assert meaning.entry_point == (entry.slug if entry else None)
    assert (meaning.kind == "report") == (meaning.sector is not None)
    assert 0 <= meaning.confidence <= 1
    assert meaning.problem_type is None or meaning.problem_type.startswith(f"{meaning.entry_point}/")
    assert meaning.problem_type is None or meaning.gap_kind is not None
    assert meaning.area is None or meaning.area.startswith(f"{country}-")


def test_a_hospital_without_water_is_a_matter_of_health() -> None:
    meaning = _read("hospital has no water")
    assert (meaning.sector, meaning.problem_type) == ("health", "ke-health/no-power-or-water")
    assert meaning.gap_kind == "broken"


def test_a_building_that_only_tells_where_decides_nothing() -> None:
    assert _read("the tap near the hospital is dry").sector == "water-sanitation"
    assert _read("borne fontaine en panne près de l'hôpital", "SN").sector == "water-sanitation"


def test_a_bursary_in_kenya_is_education_though_nobody_works_on_it_there() -> None:
    meaning = _read("bursary haijafika")
    assert (meaning.kind, meaning.sector, meaning.entry_point) == ("report", "education", None)


@pytest.mark.parametrize(
    "text", ["the primary school has no latrines", "shule haina choo", "school toilets are full"]
)
def test_toilets_of_a_school_in_kenya_are_a_matter_of_sanitation(text: str) -> None:
    """Country and sector choose, and what is missing is a latrine: that is the entry point's own problem, wherever
    it is missing. Its words say so, and partners may edit them; elsewhere a school's toilets stay the school's."""
    assert understand(text, "KE", shipped_directory()).entry_point == "ke-water-sanitation"


def test_a_school_without_teachers_stays_a_matter_of_education_where_its_tap_is_dry_too() -> None:
    meaning = understand("our school has no teachers and no water", "KE", shipped_directory())
    assert (meaning.sector, meaning.entry_point) == ("education", None)


def test_a_word_that_names_another_sector_gives_way_to_a_message_that_is_surely_about_something_else() -> None:
    text = "they promise us school from the development fund, the mine brings nothing on the ground"
    assert understand(text, "GH", shipped_directory()).entry_point == "gh-mining"


@pytest.mark.parametrize("text", ["le marché a brulé et on nous aide pas", "c'est bouché"])
def test_what_is_perhaps_no_partners_matter_is_asked_about(text: str) -> None:
    assert understand(text, "SN", shipped_directory()).entry_point is None


def test_two_sectors_that_say_as_much_are_unclear_not_guessed() -> None:
    meaning = _read("borehole and hospital")
    assert (meaning.kind, meaning.sector, meaning.confidence, meaning.evidence) == ("unclear", None, 0.0, ())


@pytest.mark.parametrize("text", ["ỌGWỤ ADỊGHỊ", "ogwu adighi", "Ogwu adịghi!!"])
def test_marks_and_case_make_no_difference(text: str) -> None:
    meaning = _read(text, "NG")
    assert (meaning.problem_type, meaning.language) == ("ng-health/no-drugs", "ig")


def test_an_indic_word_is_found_with_its_ending() -> None:
    assert _read("अंगणवाडीमध्ये", "IN").entry_point == "in-health"
    assert _read("உதவித்தொகையும்", "IN").entry_point == "in-education"


def test_a_word_inside_another_word_is_not_found() -> None:
    assert _read("clinician", "KE").kind == "unclear"


@pytest.mark.parametrize(
    ("text", "country", "area"),
    [
        ("dawa hakuna Busia", "KE", "KE-04"),
        ("no water in Homa-bay", "KE", "KE-08"),
        ("no drugs in Muranga", "KE", "KE-29"),
        ("embu tusaidie, dawa hakuna", "KE", None),
        ("dawa hakuna Busia na Bungoma", "KE", None),
        ("no fertilizer in Upper East", "GH", "GH-UE"),
        ("no fertilizer in the western part", "GH", None),
        ("magani ya kare a Cross River", "NG", "NG-CR"),
        ("égout bouché à Thies", "SN", "SN-TH"),
        ("छात्रवृत्ति नहीं मिली महाराष्ट्र में", "IN", "IN-MH"),
    ],
)
def test_one_area_named_in_the_message_is_its_area(text: str, country: str, area: str | None) -> None:
    assert _read(text, country).area == area


def test_a_matter_beyond_the_focus_says_so() -> None:
    assert _read("pas d'eau au robinet", "SN").outside_focus
    assert not _read("pas d'eau au robinet, fosse pleine", "SN").outside_focus


def test_a_slur_is_understood_and_never_shown() -> None:
    meaning = _read("bhangi bolte hai", "IN")
    assert (meaning.entry_point, meaning.evidence) == ("in-water-sanitation", ())


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(KeyError):
        _read("no drugs", "XX")


TWO_PARTS = "Good morning, our hospital in Busia has no drugs and the nurse is absent since last week. " * 2


@pytest.mark.parametrize(
    ("text", "country", "most_seconds"),
    [
        (TWO_PARTS, "KE", 0.002),
        ("water hospital " * 5000, "KE", 0.05),
        ("अंगणवाडी" * 5000, "IN", 0.05),
    ],
    ids=["two parts", "the same words again and again", "one endless word"],
)
def test_no_message_costs_much_time(text: str, country: str, most_seconds: float) -> None:
    _read(text, country)
    assert median(_seconds(text, country) for _ in range(9)) < most_seconds


def test_no_indic_word_of_the_directory_is_too_long_to_be_a_stem() -> None:
    assert max(len(word) for text in ANY_WORDS for word in words_of(text)) <= LONGEST_STEM


def _seconds(text: str, country: str) -> float:
    began = time.thread_time()
    _read(text, country)
    return time.thread_time() - began
