"""What was written down wrongly is taken back: it stays to be read and counts no more."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.database import transaction
from app.followup import acts
from app.followup.deadlines import lapse_some
from app.followup.models import Action, Case, Figure, Finding, Hypothesis, Response
from app.followup.refusals import NoSuchCase, Refused
from app.followup.taking_back import code_of, take_back
from app.viewer import WORKER, Viewer, acting_as
from tests.builders.cases import (
    a_case,
    add_action,
    add_figure,
    add_response,
    case_events,
    move,
    stored,
    work,
)
from tests.builders.stored import rows

WHY = "Taken from the wrong table."


def newest(model: type[Finding]) -> Finding:
    return rows(model, model.id)[-1]


def take_newest_back(case: Case, model: type[Finding]) -> None:
    work(take_back, case, code_of(newest(model)), WHY)


def test_a_figure_that_was_taken_back_is_no_evidence(app: Flask) -> None:
    case = a_case(state="diagnosing")
    add_figure(case)
    take_newest_back(case, Figure)
    with pytest.raises(Refused, match="one figure"):
        work(acts.move, case, "diagnosing", "evidenced", "")
    add_figure(case)
    assert move(case, "evidenced").state == "evidenced"


def test_it_is_still_there_with_the_reason_and_a_line_on_the_timeline(app: Flask) -> None:
    case = a_case()
    add_figure(case)
    take_newest_back(case, Figure)
    assert newest(Figure).taken_back == WHY
    kind, detail = case_events(case)[-1]
    assert (kind, detail["part"], detail["reason"]) == ("taken_back", "figure", WHY)
    assert stored(case.id).changed_at > case.changed_at


def test_a_suspected_cause_may_be_taken_back(app: Flask) -> None:
    case = a_case()
    work(acts.suspect, case, {"cause": "not_spent", "confidence": "high", "why": "270 of 334 are left."})
    take_newest_back(case, Hypothesis)
    assert newest(Hypothesis).taken_back == WHY


def test_an_action_that_was_taken_back_waits_for_nothing(app: Flask) -> None:
    case = a_case(state="evidenced")
    add_action(case)
    take_newest_back(case, Action)
    with acting_as(WORKER), transaction() as session:
        lapse_some(session, datetime(2027, 1, 1, tzinfo=UTC))
    assert (newest(Action).state, newest(Action).lapsed_on) == ("withdrawn", None)
    with pytest.raises(Refused, match="asked of whom"):
        work(acts.move, case, "evidenced", "acting", "")
    with pytest.raises(Refused, match="Choose"):
        add_response(case, action=str(newest(Action).id))


def test_an_action_waits_again_when_its_only_answer_is_taken_back(app: Flask) -> None:
    case = a_case(state="responded")
    add_action(case)
    number = str(newest(Action).id)
    add_response(case, action=number, response_kind="promised")
    add_response(case, action=number)
    take_newest_back(case, Response)
    assert (newest(Action).state, newest(Action).outcome) == ("answered", "promised")
    with pytest.raises(Refused, match="No office has said so"):
        work(acts.move, case, "responded", "fixed_claimed", "")
    work(take_back, case, code_of(rows(Response, Response.id)[0]), WHY)
    assert (newest(Action).state, newest(Action).outcome) == ("open", "")


def test_a_lapsed_action_is_unanswered_again_when_its_late_answer_is_taken_back(app: Flask) -> None:
    case = a_case()
    add_action(case)
    with acting_as(WORKER), transaction() as session:
        lapse_some(session, datetime(2027, 1, 1, tzinfo=UTC))
    add_response(case, action=str(newest(Action).id))
    take_newest_back(case, Response)
    assert newest(Action).state == "no_response"


@pytest.mark.parametrize(
    "chosen", ["", "figure", "figure-0", "figure-x", "figure-²", "case-1", "cause-" + "9" * 30]
)
def test_what_is_no_finding_of_the_case_is_refused(app: Flask, chosen: str) -> None:
    case = a_case()
    with pytest.raises(Refused) as refused:
        work(take_back, case, chosen, WHY)
    assert refused.value.field == "finding"


def test_it_takes_a_reason_and_nothing_is_taken_back_twice(app: Flask) -> None:
    case = a_case()
    add_figure(case)
    code = code_of(newest(Figure))
    with pytest.raises(Refused) as refused:
        work(take_back, case, code, " ")
    assert refused.value.field == "wrong_because"
    work(take_back, case, code, WHY)
    with pytest.raises(Refused):
        work(take_back, case, code, WHY)


def test_another_partner_takes_nothing_back(app: Flask) -> None:
    case = a_case()
    add_figure(case)
    code, elsewhere = code_of(newest(Figure)), frozenset({"ke-health"})
    viewer = Viewer("partner_lead", name="lead", partner="cedc", entry_points=elsewhere)
    with acting_as(viewer), pytest.raises(NoSuchCase), transaction() as session:
        take_back(session, case.id, uuid.uuid4(), code, WHY)
