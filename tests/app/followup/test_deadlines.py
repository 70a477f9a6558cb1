"""A due date that passes without a word is itself a finding."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.database import transaction
from app.followup.deadlines import lapse, lapse_some, today
from app.followup.models import Action
from app.viewer import WORKER, acting_as
from tests.builders.cases import a_case, add_action, add_response, case_events, move
from tests.builders.stored import rows

JUST_BEFORE = datetime(2026, 11, 30, 21, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
"""In Johannesburg, two hours ahead of UTC, the 1st of December begins."""


def lapse_at(now: datetime) -> None:
    with acting_as(WORKER), transaction() as session:
        lapse_some(session, now)


def states() -> list[tuple[str, date | None]]:
    return [(action.state, action.lapsed_on) for action in rows(Action, Action.id)]


def test_the_last_day_is_over_when_it_is_over_where_the_office_is(app: Flask) -> None:
    case = a_case()
    add_action(case)
    lapse_at(JUST_BEFORE)
    assert states() == [("open", None)]
    lapse_at(MIDNIGHT)
    assert states() == [("no_response", date(2026, 11, 30))]


def test_it_is_written_on_the_timeline_once(app: Flask) -> None:
    case = a_case()
    add_action(case)
    lapse_at(MIDNIGHT)
    lapse_at(MIDNIGHT)
    silence = [detail for kind, detail in case_events(case) if kind == "no_response"]
    assert [detail["recipient"] for detail in silence] == ["Budget office"]


def test_silence_lets_the_case_go_on_as_a_response_would(app: Flask) -> None:
    case = a_case(state="acting")
    add_action(case)
    lapse_at(MIDNIGHT)
    assert move(case, "responded").state == "responded"


def test_what_was_answered_in_time_does_not_lapse(app: Flask) -> None:
    case = a_case()
    add_action(case)
    (action,) = rows(Action)
    add_response(case, action=str(action.id))
    lapse_at(MIDNIGHT)
    assert states() == [("answered", None)]


def test_an_answer_that_comes_late_is_taken_and_the_finding_stays(app: Flask) -> None:
    case = a_case()
    add_action(case)
    lapse_at(MIDNIGHT)
    (action,) = rows(Action)
    add_response(case, action=str(action.id))
    assert states() == [("answered", date(2026, 11, 30))]


def test_the_job_looks_at_todays_date(app: Flask) -> None:
    case = a_case()
    add_action(case, sent_on="2020-01-01", due_on="2020-01-31")
    add_action(case, due_on="2999-01-01")
    with acting_as(WORKER):
        lapse(timestamp=0)
    assert states() == [("no_response", date(2020, 1, 31)), ("open", None)]


@pytest.mark.parametrize(("country", "day"), [("ZA", date(2026, 12, 1)), ("GH", date(2026, 11, 30))])
def test_a_day_is_that_of_the_country(app: Flask, country: str, day: date) -> None:
    with acting_as(WORKER), transaction():
        assert today(country, MIDNIGHT) == day
