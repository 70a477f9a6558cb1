"""The statuses of a report, against the contract's own words."""

from __future__ import annotations

import pytest

from app.outbox.wording import STATES
from app.reports.lifecycle import (
    BY_CITIZEN,
    BY_STAFF,
    DUPLICATE,
    ENDS,
    OPEN,
    STATUSES,
    IllegalMove,
    check_move,
    next_statuses,
)

CONTRACT = """
    new acknowledged in_follow_up resolved closed
    needs_information
    reopened confirmed unconfirmed
    duplicate not_a_report
"""

MOVES = {
    ("new", "acknowledged"),
    ("acknowledged", "in_follow_up"),
    ("in_follow_up", "resolved"),
    ("resolved", "reopened"),
    ("reopened", "in_follow_up"),
    ("resolved", "confirmed"),
    ("confirmed", "closed"),
    ("resolved", "unconfirmed"),
    ("unconfirmed", "closed"),
}
"""The contract's arrows; `needs_information` and its end are beside them, from every open status. A duplicate is
made by merging alone."""

OPEN_ONES = {"new", "acknowledged", "in_follow_up", "reopened"}
ENDS_WITH_A_REASON = {"not_a_report"}
BACK_FROM_ASKING = {"acknowledged", "in_follow_up"}
BY_THE_CITIZEN_ALONE = {("resolved", "confirmed")}


def allowed() -> set[tuple[str, str]]:
    asking = {(status, "needs_information") for status in OPEN_ONES}
    back = {("needs_information", status) for status in BACK_FROM_ASKING}
    ends = {(old, end) for old in OPEN_ONES | {"needs_information"} for end in ENDS_WITH_A_REASON}
    return MOVES | asking | back | ends


def may_staff(old: str, new: str) -> bool:
    try:
        check_move(old, new, "for a reason")
    except IllegalMove:
        return False
    return True


def test_there_are_the_contracts_statuses_and_no_others() -> None:
    assert set(STATUSES) == set(CONTRACT.split())


def test_every_move_of_the_contract_and_no_other_can_be_made_by_staff_or_citizen() -> None:
    staff = {(old, new) for old in STATUSES for new in STATUSES if may_staff(old, new)}
    citizen = {(old, new) for old, moves in BY_CITIZEN.items() for new in moves}
    assert staff | citizen == allowed()
    assert staff == allowed() - BY_THE_CITIZEN_ALONE
    assert citizen == {("resolved", "confirmed"), ("resolved", "reopened")}


@pytest.mark.parametrize("status", sorted(ENDS_WITH_A_REASON | {"closed"}))
def test_nothing_leads_on_from_an_end(status: str) -> None:
    assert status in ENDS
    assert next_statuses(status) == ()


@pytest.mark.parametrize("end", sorted(ENDS_WITH_A_REASON))
@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_an_end_that_sets_a_report_aside_needs_a_reason(end: str, reason: str) -> None:
    check_move("new", end, "merged with KE-0000000")
    with pytest.raises(IllegalMove, match="reason"):
        check_move("new", end, reason)


def test_an_ordinary_step_needs_no_reason() -> None:
    for old, new in (("new", "acknowledged"), ("in_follow_up", "resolved"), ("confirmed", "closed")):
        assert check_move(old, new, "") is None


def test_a_status_that_does_not_exist_leads_nowhere_and_is_never_reached() -> None:
    assert not may_staff("nonsense", "closed")
    assert not may_staff("new", "nonsense")


def test_every_status_is_open_or_ended_or_waiting_for_the_citizen_and_has_words_for_them() -> None:
    waiting = {"resolved", "confirmed", "unconfirmed"}
    assert set(OPEN) | set(ENDS) | waiting == set(STATUSES)
    assert set(STATES) == set(STATUSES)


def test_every_status_can_be_reached_from_a_new_report_and_leads_to_an_end() -> None:
    everybody = {status: {*BY_STAFF[status], *BY_CITIZEN.get(status, ())} for status in STATUSES}
    assert reached("new", everybody) == set(STATUSES) - {DUPLICATE}
    for status in STATUSES:
        assert reached(status, everybody) & set(ENDS)


def reached(start: str, moves: dict[str, set[str]]) -> set[str]:
    found, fresh = {start}, {start}
    while fresh:
        fresh = {new for status in fresh for new in moves[status]} - found
        found |= fresh
    return found
