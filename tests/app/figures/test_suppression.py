"""What is published does not give away what is kept back, whoever holds it against what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.figures.places import ALL, EVERYTHING, NOT_KNOWN, Count, Place
from app.figures.suppression import hide, stays_safe, too_small
from tests.app.figures.attack import Attack
from tests.builders.told import RULES, Told, counted, crowd

KE_ONE, KE_TWO, KE_THREE = (Place("KE", "health", area) for area in ("KE-01", "KE-02", "KE-03"))
IN_KENYA = [Place("KE", sector, area) for sector in ("health", "other") for area in ("KE-01", NOT_KNOWN)]
IN_SENEGAL = [Place("SN", sector, area) for sector in ("social-assistance", "other") for area in ("SN-DK", "SN-TH")]
PLACES = (*IN_KENYA, KE_TWO, *IN_SENEGAL, Place("GH", "mining", "GH-WP"))
"""Of three countries: one of a single cell, one in which a sector is sensitive."""

reports = st.builds(Told, st.none() | st.integers(0, 60), st.sampled_from(PLACES), st.none() | st.integers(1, 3))
crowds = st.lists(st.tuples(st.sampled_from(PLACES), st.integers(1, 14)), max_size=9)


@st.composite
def months(draw: st.DrawFn) -> list[Told]:
    """Crowds that each report once, and people who report again and from elsewhere."""
    told = draw(st.lists(reports, max_size=25))
    for number, (place, people) in enumerate(draw(crowds), 1):
        told += crowd(place, people, start=1000 * number)
    return told


def published(counts: dict[Place, Count], hidden: frozenset[Place]) -> dict[Place, Count | None]:
    return {place: None if place in hidden else count for place, count in counts.items()}


@settings(max_examples=10, deadline=None)
@given(months())
def test_an_attacker_who_solves_everything_exactly_learns_of_no_cell_how_small_it_is(told: list[Told]) -> None:
    counts = counted(told)
    hidden, fewest = hide(counts, RULES), RULES.fewest_in(counts)
    attack = Attack(published(counts, hidden))
    for place in too_small(counts, RULES):
        for measure in ("people", "reports"):
            most = attack.most(place, measure)
            assert most is None or most >= fewest[place], (place, measure)
    for place in hidden:
        most = attack.most(place, "people")
        assert most is None or most > attack.least(place, "people"), place


def test_the_attacker_finds_what_is_hidden_alone() -> None:
    """Else the test above could not fail."""
    counts = counted([*crowd(KE_ONE, 3), *crowd(KE_TWO, 20, 100), *crowd(KE_THREE, 30, 200)])
    attack = Attack(published(counts, too_small(counts, RULES)))
    assert attack.least(KE_ONE, "reports") == attack.most(KE_ONE, "reports") == 3
    assert attack.least(KE_ONE, "people") == attack.most(KE_ONE, "people") == 3


@given(months())
def test_no_shown_cell_speaks_of_too_few_people(told: list[Told]) -> None:
    counts = counted(told)
    fewest = RULES.fewest_in(counts)
    shown = counts.keys() - hide(counts, RULES)
    assert all(counts[place].people >= fewest[place] for place in shown)


@given(months())
def test_a_month_without_small_cells_is_shown_whole(told: list[Told]) -> None:
    counts = counted(told)
    assert bool(hide(counts, RULES)) == bool(too_small(counts, RULES))


@given(months(), months())
def test_what_was_hidden_once_stays_hidden(earlier: list[Told], later: list[Told]) -> None:
    before = hide(counted(earlier), RULES)
    assert before <= hide(counted(later), RULES, before)


@pytest.mark.parametrize(("people", "is_hidden"), [(4, True), (5, False)])
def test_five_people_are_shown_and_four_are_not(people: int, is_hidden: bool) -> None:
    counts = counted([*crowd(KE_ONE, people), *crowd(KE_TWO, 20, 100), *crowd(KE_THREE, 30, 200)])
    assert (KE_ONE in hide(counts, RULES)) == is_hidden


@pytest.mark.parametrize(
    "place",
    [
        *(Place("IN", sector, "IN-MH") for sector in ("education", "health", "water-sanitation")),
        Place("SN", "social-assistance", "SN-DK"),
        Place("KE", "health", "KE-21"),
    ],
)
@pytest.mark.parametrize(("people", "is_hidden"), [(9, True), (10, False)])
def test_it_takes_ten_where_a_report_says_caste_or_disability_and_in_small_places(
    place: Place, people: int, is_hidden: bool
) -> None:
    counts = counted(crowd(place, people))
    assert (place in hide(counts, RULES)) == is_hidden
    assert (EVERYTHING in hide(counts, RULES)) == is_hidden


def test_people_who_cannot_be_told_apart_make_no_cell_large_enough() -> None:
    nobody = [Told(None, KE_ONE, 1) for _ in range(50)]
    counts = counted([*nobody, *crowd(KE_TWO, 40), *crowd(KE_THREE, 40, 100)])
    assert KE_ONE in hide(counts, RULES)


def test_one_person_who_reports_fifty_times_is_one_person() -> None:
    counts = counted([Told(1, KE_ONE, 1)] * 50 + crowd(KE_TWO, 40, 100) + crowd(KE_THREE, 40, 200))
    assert counts[KE_ONE] == Count(reports=50, people=1, once=0, gaps=1)
    assert KE_ONE in hide(counts, RULES)


def test_a_small_cell_takes_another_of_its_column_with_it_and_leaves_the_country_standing() -> None:
    counts = counted([*crowd(KE_ONE, 3), *crowd(KE_TWO, 20, 100), *crowd(KE_THREE, 30, 200)])
    hidden = hide(counts, RULES)
    assert {place for place in hidden if place.sector != ALL} == {KE_ONE, KE_TWO}
    assert Place("KE", ALL, ALL) not in hidden


def test_people_who_reported_more_than_once_hide_nobody() -> None:
    """Whoever reported in two areas stands in no other world: a cell of such people is no cover."""
    often = [Told(number, place, 1) for number in range(20) for place in (KE_TWO, KE_THREE)]
    counts = counted([*crowd(KE_ONE, 3, 100), *often])
    assert Place("KE", "health", ALL) in hide(counts, RULES)


def test_a_month_of_one_report_shows_nothing() -> None:
    counts = counted([Told(1, KE_ONE, 1)])
    assert hide(counts, RULES) == frozenset(counts)


def test_a_correction_is_safe_only_if_the_cells_that_were_hidden_before_cover_each_other() -> None:
    counts = counted([*crowd(KE_ONE, 3), *crowd(KE_TWO, 20, 100), *crowd(KE_THREE, 30, 200)])
    hidden = hide(counts, RULES)
    assert stays_safe(counts, RULES, hidden)
    assert not stays_safe(counts, RULES, hidden - {KE_TWO})
    assert stays_safe(counts, RULES, frozenset())
