"""Yes, no and partly, as people text them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.directory.load import DATA
from app.directory.reading import read_directory
from app.understanding.yes_or_no import VERDICTS, Verdict, languages_known, phrases, read_verdict

COUNTRIES = read_directory(DATA).countries


@pytest.mark.parametrize(
    ("text", "language", "verdict"),
    [
        ("1", "en", "yes"),
        ("2", "sw", "no"),
        ("3.", "zu", "partly"),
        ("१", "hi", "yes"),
        ("YES", "zu", "yes"),
        ("Yes please", "en", "yes"),
        ("1 yes", "en", "yes"),
        ("1, yes thanks", "en", "yes"),
        ("2 hapana", "sw", "no"),
        ("Ndiyo!", "sw", "yes"),
        ("bado", "sw", "no"),
        ("not yet", "en", "no"),
        ("yebo", "zu", "yes"),
        ("हाँ जी", "hi", "yes"),
        ("nahi hua", "hi", "no"),
        ("thoda bahut", "hi-Latn", "partly"),
        ("a'a", "ha", "no"),
        ("Bẹ́ẹ̀ni", "yo", "yes"),
        ("sudah", "id", "yes"),
        ("en partie", "fr", "partly"),
        ("இல்லை", "ta", "no"),
        ("అవును", "te", "yes"),
    ],
)
def test_a_verdict_is_read(text: str, language: str, verdict: Verdict) -> None:
    assert read_verdict(text, (language,)) == verdict


@pytest.mark.parametrize(
    "text",
    ["", "4", "0", "1 no", "2 yes", "12", "yes but the tap is dry again", "The pump broke again", "no water", "👍"],
)
def test_everything_else_is_left_alone(text: str) -> None:
    assert read_verdict(text, ("en", "sw")) is None


def test_where_only_yes_and_no_are_offered_partly_is_no_answer() -> None:
    assert read_verdict("3", ("en",), offered=2) is None
    assert read_verdict("partly", ("en",), offered=2) is None
    assert read_verdict("2", ("en",), offered=2) == "no"


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.code)
def test_no_phrase_means_two_things_in_one_country(country) -> None:
    meanings: dict[str, set[Verdict]] = {}
    for language in {*country.languages, "en"}:
        assert all(phrases(language).values()), language
        for verdict, ways in phrases(language).items():
            for way in ways:
                meanings.setdefault(way, set()).add(verdict)
    assert {way: said for way, said in meanings.items() if len(said) > 1} == {}


def test_every_language_that_a_country_offers_is_known() -> None:
    assert {language for country in COUNTRIES for language in country.languages} <= set(languages_known())


@given(st.text(max_size=200), st.sampled_from(sorted(languages_known())))
def test_no_text_breaks_the_reading(text: str, language: str) -> None:
    assert read_verdict(text, (language,)) in (*VERDICTS, None)


@given(st.sampled_from(sorted(languages_known())), st.sampled_from(VERDICTS), st.data())
def test_capitals_and_full_stops_change_nothing(language: str, verdict: Verdict, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from(sorted(phrases(language)[verdict])))
    assert read_verdict(f" {way.upper()}. ", (language,)) == verdict
