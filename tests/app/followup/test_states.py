"""The table of states, read as the document has it, and held against wild input."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.followup.states import ANSWERED, ENDS, OPEN, STATES, TABLE, Facts, IllegalMove, check_move, moves_from
from app.followup.wording import STATES as LABELS

READY = Facts(
    statement="No water since May.",
    reports=5,
    people=5,
    figures=1,
    actions=1,
    answers=frozenset(("promised", "partly_fixed", "fixed_claimed", "refused")),
    yes=2,
    merged_into=2,
    reason="because",
)
"""A case of which everything is known that any guard asks for, but where it was parked."""

MAIN_ROAD = (
    *("forming", "stated", "diagnosing", "evidenced", "acting", "responded", "fixed_claimed", "verifying"),
    *("verified", "closed"),
)

wild_facts = st.builds(
    Facts,
    statement=st.sampled_from(["", " ", "No water."]),
    reports=st.integers(0, 5),
    people=st.integers(0, 5),
    verified_by_partner=st.booleans(),
    figures=st.integers(0, 2),
    refusals=st.integers(0, 2),
    actions=st.integers(0, 2),
    lapsed=st.integers(0, 2),
    answers=st.frozensets(st.sampled_from([*ANSWERED, "information"])),
    yes=st.integers(0, 6),
    no=st.integers(0, 6),
    partly=st.integers(0, 6),
    parked_from=st.sampled_from([None, *OPEN]),
    merged_into=st.sampled_from([None, 7]),
    reason=st.sampled_from(["", "because"]),
)
states = st.sampled_from(STATES)


@pytest.fixture(autouse=True)
def in_a_request(app_without_database: Flask) -> None:
    """Reasons are said in the page's language, so there has to be a page."""


def allowed(facts: Facts, old: str, new: str, by: str = "staff") -> bool:
    try:
        check_move(facts, old, new, by)  # type: ignore[arg-type]
    except IllegalMove:
        return False
    return True


def refusal(facts: Facts, old: str, new: str, by: str = "staff") -> str:
    with pytest.raises(IllegalMove) as raised:
        check_move(facts, old, new, by)  # type: ignore[arg-type]
    return str(raised.value)


def test_the_main_road_leads_from_forming_to_closed() -> None:
    for old, new in pairwise(MAIN_ROAD):
        assert allowed(READY, old, new, "citizens" if new == "verified" else "staff"), (old, new)


@pytest.mark.parametrize("answer", ANSWERED)
def test_whatever_the_office_says_leads_to_asking_people(answer: str) -> None:
    assert allowed(READY, "responded", answer)
    assert allowed(READY, answer, "verifying")


@pytest.mark.parametrize("end", ENDS)
def test_every_end_can_be_opened_again_with_a_reason(end: str) -> None:
    assert allowed(READY, end, "reopened")
    assert refusal(replace(READY, reason=" "), end, "reopened") == "Give a reason."


@pytest.mark.parametrize(
    ("old", "new", "lacking", "reason"),
    [
        ("forming", "stated", {"statement": " "}, "plain words"),
        ("forming", "stated", {"people": 2}, "3 different people"),
        ("diagnosing", "evidenced", {"figures": 0}, "one figure"),
        ("evidenced", "acting", {"actions": 0}, "asked of whom"),
        ("acting", "responded", {"answers": frozenset()}, "No office has answered"),
        ("responded", "promised", {"answers": frozenset({"refused"})}, "No office has said so"),
        ("responded", "fixed_claimed", {"answers": frozenset({"promised"})}, "No office has said so"),
        ("fixed_claimed", "verifying", {"reports": 0}, "nobody to ask"),
        ("acting", "parked", {"reason": ""}, "Give a reason"),
        ("acting", "merged", {"reason": ""}, "Give a reason"),
        ("acting", "merged", {"merged_into": None}, "number of the case"),
        ("acting", "referred", {"reason": ""}, "Give a reason"),
        ("acting", "closed", {"reason": ""}, "Give a reason"),
    ],
)
def test_a_guard_says_in_plain_words_what_is_lacking(old: str, new: str, lacking: dict, reason: str) -> None:
    assert allowed(READY, old, new)
    assert reason in refusal(replace(READY, **lacking), old, new)


@pytest.mark.parametrize(
    ("facts", "enough"),
    [
        (Facts(statement="x", people=3, reports=3), True),
        (Facts(statement="x", people=2, reports=9), False),
        (Facts(statement="x", people=0, reports=1, verified_by_partner=True), True),
        (Facts(statement="x", people=0, reports=0, verified_by_partner=True), False),
    ],
)
def test_stating_needs_independent_people_or_the_partners_own_check(facts: Facts, enough: bool) -> None:
    assert allowed(facts, "forming", "stated") is enough


def test_a_refusal_to_give_figures_is_evidence_and_silence_is_a_response() -> None:
    assert allowed(Facts(refusals=1), "diagnosing", "evidenced")
    assert allowed(Facts(lapsed=1), "acting", "responded")


@pytest.mark.parametrize(
    ("yes", "no", "partly", "verified"),
    [(2, 0, 0, True), (1, 0, 0, False), (0, 0, 0, False), (2, 1, 0, True), (2, 1, 1, False), (4, 1, 1, True)],
)
def test_two_confirmations_verify_unless_too_many_say_otherwise(
    yes: int, no: int, partly: int, verified: bool
) -> None:
    assert allowed(Facts(yes=yes, no=no, partly=partly), "verifying", "verified", "citizens") is verified


def test_no_person_on_the_staff_verifies_a_case() -> None:
    assert not any(move.new == "verified" for move in TABLE if move.by == "staff")
    assert "never an office's word" in refusal(READY, "verifying", "verified")


@given(wild_facts, states)
def test_a_case_is_verified_only_from_asking_and_only_by_enough_people(facts: Facts, old: str) -> None:
    assert not allowed(facts, old, "verified")
    if allowed(facts, old, "verified", "citizens"):
        assert old == "verifying"
        assert facts.yes >= 2
        assert 3 * facts.yes >= 2 * (facts.yes + facts.no + facts.partly)


@given(wild_facts, states, states)
def test_what_the_table_does_not_have_is_refused_with_a_reason(facts: Facts, old: str, new: str) -> None:
    known = {move.new for move in moves_from(old)}
    if allowed(facts, old, new):
        assert new in known
    else:
        assert refusal(facts, old, new).endswith(".")


@given(wild_facts, states)
def test_citizens_make_no_other_move(facts: Facts, old: str) -> None:
    assert [new for new in STATES if allowed(facts, old, new, "citizens") and new != "verified"] == []


@given(st.sampled_from(OPEN))
def test_a_parked_case_goes_back_only_where_it_was_parked(state: str) -> None:
    assert allowed(READY, state, "parked")
    back = replace(READY, parked_from=state)
    assert [new for new in OPEN if allowed(back, "parked", new)] == [state]


def test_every_state_can_be_reached_and_left_and_has_a_name() -> None:
    reached = {move.new for move in TABLE} | {"forming"}
    left = {state for move in TABLE for state in move.old}
    assert reached == left == set(STATES) == set(LABELS)


def test_no_move_stands_twice_in_the_table() -> None:
    for state in STATES:
        for by in ("staff", "citizens"):
            moves = [move.new for move in moves_from(state, by)]  # type: ignore[arg-type]
            assert len(moves) == len(set(moves)), state
