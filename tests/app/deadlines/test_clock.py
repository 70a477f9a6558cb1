"""The clock of a report: counted from first receipt, moved by steps alone, escalated once to each level."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines.clock import DESK, LEAD, LEVELS, Clock, Rules, advance, escalate, recount, start
from app.deadlines.limits import BY_KIND, NAMES, SENSITIVE, STEPS, USUAL, Limit, days, default_limits, read_limit
from app.deadlines.working_time import WorkingTime
from app.directory.catalogue import GAP_KINDS
from app.reports.lifecycle import BY_CITIZEN, BY_STAFF

NAIROBI = ZoneInfo("Africa/Nairobi")
RULES = Rules(WorkingTime("Africa/Nairobi", frozenset(range(5)), time(8), time(17)), USUAL)
MONDAY = datetime(2026, 1, 5, 10, tzinfo=NAIROBI)
DAY = timedelta(days=1)


def after(number: int, begun: datetime = MONDAY) -> datetime:
    return RULES.working.after(begun, number * RULES.working.day_length)


def move(clock: Clock, *steps: tuple[str, datetime], said_at: datetime = MONDAY) -> Clock:
    for status, at in steps:
        clock = advance(clock, status, at, said_at, RULES)
    return clock


def test_a_new_report_waits_for_a_first_answer():
    clock = start(MONDAY, RULES)
    assert (clock.step, clock.due_at, clock.escalate_at) == ("first_answer", after(2), after(2))


def test_being_late_with_the_first_answer_wins_no_time_for_the_resolution():
    late = move(start(MONDAY, RULES), ("acknowledged", MONDAY + 9 * DAY))
    assert (late.step, late.due_at) == ("resolution", after(20))


def test_within_a_step_nothing_moves():
    taken_up = move(start(MONDAY, RULES), ("acknowledged", MONDAY + DAY))
    slower = replace(RULES, limits=USUAL.but({"resolution": days(99)}))
    assert advance(taken_up, "in_follow_up", MONDAY + 2 * DAY, MONDAY, slower) == taken_up


def test_waiting_for_the_person_has_a_limit_of_its_own():
    asked = move(start(MONDAY, RULES), ("needs_information", MONDAY + DAY))
    assert (asked.step, asked.due_at) == ("information", after(5, MONDAY + DAY))


def test_waiting_for_the_person_does_not_count_towards_the_resolution():
    back = move(start(MONDAY, RULES), ("needs_information", MONDAY + DAY), ("in_follow_up", MONDAY + 3 * DAY))
    assert (back.due_at, back.waiting_since) == (after(22), None)


def test_the_wait_ends_when_the_person_writes_and_not_when_somebody_looks():
    answered = MONDAY + 2 * DAY
    back = move(
        start(MONDAY, RULES),
        ("needs_information", MONDAY + DAY),
        ("in_follow_up", MONDAY + 8 * DAY),
        said_at=answered,
    )
    assert back.due_at == after(21)


@pytest.mark.parametrize("end", ["resolved", "closed", "duplicate", "not_a_report", "confirmed", "unconfirmed"])
def test_what_has_ended_is_not_due(end: str):
    ended = move(start(MONDAY, RULES), ("acknowledged", MONDAY), (end, MONDAY + DAY))
    assert (ended.step, ended.due_at, ended.escalate_at) == (None, None, None)


def test_who_says_that_it_is_not_mended_has_told_us_anew():
    said_no = MONDAY + 30 * DAY
    again = move(start(MONDAY, RULES), ("resolved", MONDAY + DAY), ("reopened", said_no))
    assert (again.step, again.due_at, again.escalated) == ("first_answer", after(2, said_no), ())


def test_a_step_is_escalated_to_the_lead_and_then_to_the_desk_and_never_again():
    clock, first = escalate(start(MONDAY, RULES), RULES)
    assert (first, clock.escalate_at) == (LEAD, after(3, after(2)))
    clock, second = escalate(clock, RULES)
    assert (second, clock.escalate_at) == (DESK, None)
    assert clock.due_at == after(2)


def test_a_report_at_the_desk_has_no_desk_above_it():
    at_desk = replace(RULES, levels=(LEAD,))
    clock, level = escalate(start(MONDAY, at_desk), at_desk)
    assert (level, clock.escalate_at) == (LEAD, None)


def test_a_report_that_comes_back_to_a_step_is_not_escalated_for_it_a_second_time():
    clock, _level = escalate(move(start(MONDAY, RULES), ("acknowledged", MONDAY)), RULES)
    clock = move(clock, ("needs_information", MONDAY + DAY), ("in_follow_up", MONDAY + 2 * DAY))
    assert clock.escalate_at == after(3, clock.due_at)
    clock, level = escalate(clock, RULES)
    assert (level, clock.escalated) == (DESK, ("resolution/lead", "resolution/desk"))


walks = st.lists(st.tuples(st.integers(0, 5), st.timedeltas(timedelta(0), timedelta(days=12))), max_size=12)


@given(walks)
def test_however_a_report_goes_each_step_of_a_clock_is_escalated_at_most_once(walk: list[tuple[int, timedelta]]):
    status, at, clock = "new", MONDAY, start(MONDAY, RULES)
    for choice, passed in walk:
        at += passed
        while clock.escalate_at and clock.escalate_at <= at:
            clock, level = escalate(clock, RULES)
            assert level in LEVELS
        assert len(set(clock.escalated)) == len(clock.escalated)
        moves = BY_STAFF[status] + BY_CITIZEN.get(status, ())
        if moves:
            status = moves[choice % len(moves)]
            clock = advance(clock, status, at, MONDAY, RULES)
        assert (clock.due_at is None) == (clock.step is None)
        assert clock.due_at is None or RULES.working.is_working(clock.due_at)
        assert (clock.waiting_since is not None) == (clock.step == "information")
        assert recount(clock, RULES) == clock


@pytest.mark.parametrize("kind", [*GAP_KINDS, None])
def test_every_kind_of_gap_has_usual_limits_and_what_is_sensitive_is_quickest(kind: str | None):
    usual = default_limits(kind, sensitive=False)
    length = {name: getattr(usual, name).length(RULES.working) for name in NAMES}
    assert length["first_answer"] < length["resolution"]
    quick = default_limits(kind, sensitive=True)
    assert all(quick.of(step).length(RULES.working) <= length[step] for step in STEPS)
    assert quick == SENSITIVE
    assert set(BY_KIND) <= set(GAP_KINDS)


@pytest.mark.parametrize("limit", [Limit(4, "h"), Limit(400, "h"), Limit(1, "d"), Limit(260, "d")])
def test_a_limit_is_read_as_it_was_written(limit: Limit):
    assert read_limit(str(limit)) == limit


@pytest.mark.parametrize("text", ["", "d", "0d", "-1d", "261d", "401h", "4w", "1.5d", "4 h", "٤h", "4h\n"])
def test_what_is_no_limit_is_not_read_as_one(text: str):
    assert read_limit(text) is None
