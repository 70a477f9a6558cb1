"""Floors under what is understood: the promise for messages nobody has seen, held on both parts of our own."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.app.understanding.directory_data import shipped_directory
from tests.understanding.messages import PARTS, messages_of
from tests.understanding.scoring import (
    ASKED,
    LOST,
    RIGHT,
    WRONG_PARTNER,
    filed_noise,
    problems_given,
    results_of,
    share_at_partners,
    share_of_areas,
    share_of_commands,
    shares,
)

FEWEST_MESSAGES = 10_000
FEWEST_OF_AN_ENTRY_POINT = 20
FEWEST_PROBLEMS_RIGHT = 0.6
MOST_PROBLEMS_WRONG = 0.08
MOST_ASKED = 0.05
MOST_AT_A_PARTNER = 0.03


def test_no_message_stands_in_both_parts() -> None:
    tune, check = ({(one.country, one.text) for one in messages_of(part)} for part in PARTS)
    reports = {one for one in check & tune if len(one[1].split()) > 3}
    assert len(tune) + len(check) >= FEWEST_MESSAGES
    assert reports == set()


@pytest.mark.parametrize("part", PARTS)
def test_every_entry_point_has_messages_enough(part: str) -> None:
    told = Counter(one.meant for one in messages_of(part))
    assert min(told[entry.slug] for entry in shipped_directory().entry_points) >= FEWEST_OF_AN_ENTRY_POINT


@pytest.mark.parametrize("part", PARTS)
def test_reports_reach_their_entry_point_and_hardly_ever_another_partner(part: str) -> None:
    told = shares(results_of(part))
    assert told[RIGHT] >= 0.96
    assert told[WRONG_PARTNER] <= 0.005
    assert told[ASKED] <= MOST_ASKED
    assert told[LOST] <= 0.005


@pytest.mark.parametrize("part", PARTS)
def test_what_nobody_serves_stays_away_from_partners(part: str) -> None:
    assert share_at_partners(results_of(part)) <= MOST_AT_A_PARTNER


@pytest.mark.parametrize("part", PARTS)
def test_orders_and_places_are_found(part: str) -> None:
    assert share_of_commands(results_of(part)) >= 0.97
    assert share_of_areas(results_of(part)) >= 0.97


def test_messages_written_after_all_else_are_understood_as_aimed() -> None:
    unseen = [one for one in results_of("check") if one.message.is_unseen]
    told = shares(unseen)
    assert told[RIGHT] >= 0.97
    assert told[WRONG_PARTNER] <= 0.005
    assert share_of_commands(unseen) >= 0.95
    assert share_of_areas(unseen) >= 0.95
    assert share_at_partners(unseen) <= 0.03


def test_problem_types_are_right_or_left_open() -> None:
    right, wrong = problems_given(results_of("check"))
    assert right >= FEWEST_PROBLEMS_RIGHT
    assert wrong <= MOST_PROBLEMS_WRONG
    assert right / (right + wrong) >= 0.85


@pytest.mark.parametrize("part", PARTS)
def test_no_noise_is_filed(part: str) -> None:
    assert filed_noise(results_of(part)) == []


@pytest.mark.parametrize("entry", shipped_directory().entry_points, ids=lambda entry: entry.slug)
def test_no_entry_point_falls_behind(entry) -> None:
    mine = [one for part in PARTS for one in results_of(part) if one.message.meant == entry.slug]
    assert shares(mine)[RIGHT] >= 0.92
