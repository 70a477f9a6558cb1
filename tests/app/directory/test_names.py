"""What the shipped problem types are called: in every language offered, each once, short enough for a telephone."""

from __future__ import annotations

from collections import Counter

import pytest

from app.conversation.menu.spelling import on_a_screen
from app.directory.catalogue import EntryPoint
from app.directory.load import DATA
from app.language import SOURCE, STAFF_LANGUAGES
from app.translating.catalogues import SIGNED
from sms.encoding import Encoding, encoding_of
from tests.app.understanding.directory_data import shipped_directory

LONGEST = {Encoding.GSM7: 28, Encoding.UCS2: 20}
"""Characters of a name on a telephone's screen. Five of the usual twenty fit one in GSM-7."""

EVERY_STATE = (
    ("IN", "hi"),
    ("IN", "mr"),
    ("IN", "ta"),
    ("IN", "te"),
    ("ZA", "zu"),
    ("ZA", "xh"),
    ("ZA", "st"),
    ("ZA", "af"),
)
"""Countries whose areas have names of their own in these languages."""


def spoken() -> list[tuple[str, EntryPoint]]:
    """Every entry point with each language of its country but English."""
    directory = shipped_directory()
    return [
        (language, entry)
        for entry in directory.entry_points
        for language in directory.country(entry.country).languages
        if language != SOURCE
    ]


each_language = pytest.mark.parametrize(
    ("language", "entry"), spoken(), ids=[f"{entry.slug}-{language}" for language, entry in spoken()]
)


@each_language
def test_each_problem_has_a_name_in_every_language_offered_and_no_other_has_it(
    language: str, entry: EntryPoint
) -> None:
    assert [problem.slug for problem in entry.problems if language not in problem.names] == []
    named = Counter(problem.name_in(language).casefold() for problem in entry.problems)
    assert [name for name, times in named.items() if times > 1] == []


@pytest.mark.parametrize("language", [language for language in STAFF_LANGUAGES if language != SOURCE])
def test_staff_read_the_name_of_every_problem_and_entry_point_in_their_language(language: str) -> None:
    entries = shipped_directory().entry_points
    everything = [*entries, *(problem for entry in entries for problem in entry.problems)]
    assert [one.slug for one in everything if language not in one.names] == []
    for entry in entries:
        assert len({problem.name_in(language) for problem in entry.problems}) == len(entry.problems), entry.slug


@each_language
def test_a_name_differs_from_english(language: str, entry: EntryPoint) -> None:
    assert [problem.slug for problem in entry.problems if problem.name_in(language) == problem.name] == []


@each_language
def test_a_name_is_short_and_spelt_in_gsm7_where_its_language_can_be(language: str, entry: EntryPoint) -> None:
    encoding = Encoding.UCS2 if language in ("hi", "mr", "ta", "te") else Encoding.GSM7
    names = [on_a_screen(problem.name_in(language), language) for problem in entry.problems]
    assert [name for name in names if encoding_of(name) is not encoding or len(name) > LONGEST[encoding]] == []


@pytest.mark.parametrize(("country", "language"), EVERY_STATE)
def test_areas_that_have_names_in_a_language_have_them_all_and_each_once(country: str, language: str) -> None:
    areas = shipped_directory().areas_of(country)
    assert [area.code for area in areas if language not in area.names] == []
    assert len({area.name_in(language) for area in areas}) == len(areas)


def test_yoruba_is_texted_without_marks_and_french_with_those_that_telephones_have() -> None:
    assert on_a_screen("Kò sí oògùn", "yo") == "Ko si oogun"
    assert on_a_screen("Carte refusée à l'hôpital, façade", "fr") == "Carte refusée à l'hopital, facade"
    assert on_a_screen("Wonyam / nye ŋkɔ meli o", "ee") == "Wonyam / nye nko meli o"
    assert on_a_screen("खाना नहीं", "hi") == "खाना नहीं"


@pytest.mark.parametrize("country", sorted(country.code for country in shipped_directory().countries))
def test_the_names_of_a_country_say_whether_speakers_signed_them_off(country: str) -> None:
    before, _, _ = (DATA / f"{country.lower()}.toml").read_text(encoding="utf-8").partition("\n[names.")
    assert before.splitlines()[-1].startswith(SIGNED)
