"""What staff do in a case: each act once, by whoever may, with a line on the timeline."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from flask import Flask

from app.database import transaction
from app.followup import acts, evidence
from app.followup.models import Action, Case, CaseEvent, Figure, Hypothesis, Response
from app.followup.opening import open_case, take_up
from app.followup.refusals import NoSuchCase, Refused, Stale
from app.viewer import WORKER, Viewer, acting_as
from tests.app.outbox.working import jobs_waiting
from tests.builders.cases import (
    ACTION,
    AFESIS,
    FIGURE,
    STATEMENT,
    TODAY,
    a_case,
    add_action,
    add_figure,
    add_response,
    case_events,
    move,
    stored,
    work,
)
from tests.builders.gaps import DRY, a_gap, gaps, gather_now
from tests.builders.reports import a_report
from tests.builders.stored import messages_out, reports, rows
from tests.conftest import Database

FACTS = {"statement": STATEMENT, "people_affected": "1,600", "women_share": "55", "cofog": "06.3.0"}


def refused(use_case: object, case: Case, *args: object) -> Refused:
    with pytest.raises(Refused) as raised:
        work(use_case, case, *args)  # type: ignore[arg-type]
    return raised.value


def test_a_case_carries_what_its_gap_is_about(app: Flask) -> None:
    gap = a_gap()
    case = a_case(gap)
    same = ("country", "sector", "entry_point", "problem_type", "gap_kind", "area")
    assert {name: getattr(case, name) for name in same} == {name: getattr(gap, name) for name in same}
    assert (case.state, case.owner, case.statement) == ("forming", "afesis", STATEMENT)
    assert [found.case_id for found in gaps()] == [case.id]
    assert case_events(case) == [("opened", {"people": 3, "reports": 3})]


def test_opening_it_again_leads_to_the_case_that_is_open(app: Flask, database: Database) -> None:
    gap = a_gap()
    assert a_case(gap).id == a_case(gap).id
    assert jobs_waiting(database, "followup.take_up") == 1


def test_after_its_end_a_new_case_may_be_opened(app: Flask) -> None:
    gap = a_gap()
    first = a_case(gap, state="closed")
    assert a_case(gap).id != first.id


@pytest.mark.parametrize("statement", ["", "  ", "x" * 1001])
def test_a_case_needs_a_statement_of_some_length(app: Flask, statement: str) -> None:
    gap = a_gap()
    with pytest.raises(Refused), acting_as(AFESIS), transaction() as session:
        open_case(session, gap.id, statement)
    assert rows(Case) == []


def test_opening_a_case_takes_up_its_reports_and_tells_their_people_once(app: Flask) -> None:
    waits = a_report(DRY, "ZA", status="needs_information")
    gather_now(waits)
    case = a_case(a_gap())
    assert sorted(report.status for report in reports()) == ["in_follow_up"] * 3 + ["needs_information"]
    with acting_as(WORKER):
        take_up(case=case.id)
    told = [message.body for message in messages_out() if message.purpose == "update"]
    assert sorted(told) == sorted(
        f"{report.reference}: being followed up. For no more messages: STOP"
        for report in reports()
        if report.id != waits.id
    )


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("partner_lead", partner="cedc", entry_points=frozenset({"ke-health"})),
        Viewer("reviewer"),
        Viewer("desk", country="ZA"),
        Viewer("administrator"),
    ],
)
def test_nobody_else_opens_or_works_on_a_case(app: Flask, viewer: Viewer) -> None:
    gap = a_gap()
    case = a_case(gap, visibility="shared")
    for use_case in (acts.change_facts, acts.suspect, evidence.add_figure):
        with pytest.raises(NoSuchCase), acting_as(viewer), transaction() as session:
            use_case(session, case.id, uuid.uuid4(), {})
    with pytest.raises(NoSuchCase), acting_as(viewer), transaction() as session:
        open_case(session, gap.id, STATEMENT)


def test_facts_are_written_down_and_the_timeline_says_which_changed(app: Flask) -> None:
    case = a_case()
    work(acts.change_facts, case, FACTS)
    changed = stored(case.id)
    assert (changed.people_affected, changed.women_share, changed.cofog) == (1600, 55, "06.3.0")
    kind, detail = case_events(case)[-1]
    assert (kind, detail["changed"]) == ("facts", ["cofog", "people_affected", "women_share"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statement", " "),
        ("people_affected", "-1"),
        ("people_affected", "1000000001"),
        ("women_share", "101"),
        ("cofog", "06.3.9"),
        ("government_level", "galactic"),
        ("visibility", "public"),
        ("safety", "x"),
    ],
)
def test_wrong_facts_are_refused_by_their_field(app: Flask, field: str, value: str) -> None:
    case = a_case()
    assert refused(acts.change_facts, case, FACTS | {field: value}).field == field
    assert len(case_events(case)) == 1


def test_a_figure_is_kept_exactly_with_its_source(app: Flask) -> None:
    case = a_case()
    add_figure(case, amount="334.123456789")
    add_figure(case, phase="executed", amount="2,242,368", scale="1", unit="kL")
    money, litres = rows(Figure, Figure.id)
    assert (money.amount, money.unit, money.is_money) == (Decimal("334123456.789"), "ZAR", True)
    assert (litres.amount, litres.unit, litres.is_money) == (Decimal(2242368), "kL", False)
    assert (money.source_title, money.source_page) == ("Nelson Mandela Bay, in-year report", "12")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "many"),
        ("scale", "12"),
        ("unit", ""),
        ("fiscal_year", "soon"),
        ("phase", "x"),
        ("source_title", ""),
        ("source_url", "javascript:alert(1)"),
        ("source_date", "31.3."),
        ("line", ""),
    ],
)
def test_a_figure_without_what_it_needs_is_refused_by_its_field(app: Flask, field: str, value: str) -> None:
    case = a_case()
    assert refused(evidence.add_figure, case, FIGURE | {field: value}).field == field
    assert rows(Figure) == []


def test_a_suspected_cause_says_who_and_why_and_several_may_stand(app: Flask) -> None:
    case = a_case()
    work(acts.suspect, case, {"cause": "not_spent", "confidence": "medium", "why": "270 of 334 million left."})
    work(acts.suspect, case, {"cause": "unknown", "confidence": "low", "why": "Nobody answers."})
    found = rows(Hypothesis, Hypothesis.id)
    assert [(row.cause, row.confidence, row.by) for row in found] == [
        ("not_spent", "medium", "afesis: lead"),
        ("unknown", "low", "afesis: lead"),
    ]
    assert refused(acts.suspect, case, {"cause": "not_spent", "confidence": "medium"}).field == "why"
    assert refused(acts.suspect, case, {"cause": "greed", "confidence": "medium", "why": "x"}).field == "cause"


def test_an_information_request_gets_the_deadline_of_the_law_unless_another_is_given(app: Flask) -> None:
    case = a_case()
    add_action(case, action_kind="information_request")
    add_action(case, action_kind="information_request", statutory_due_on="2026-12-24")
    add_action(case)
    deadlines = [str(action.statutory_due_on) for action in rows(Action, Action.id)]
    assert deadlines == ["2026-12-02", "2026-12-24", "None"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("action_kind", "riot"),
        ("recipient", ""),
        ("about", " "),
        ("due_on", ""),
        ("due_on", "2026-11-01"),
        ("sent_on", "never"),
    ],
)
def test_an_action_without_what_it_needs_is_refused_by_its_field(app: Flask, field: str, value: str) -> None:
    case = a_case()
    assert refused(evidence.act, case, ACTION | {field: value}, TODAY).field == field


def test_a_response_settles_the_action_it_answers(app: Flask) -> None:
    case = a_case()
    add_action(case)
    (action,) = rows(Action)
    add_response(case, action=str(action.id))
    add_response(case, response_kind="information")
    assert [(row.state, row.outcome) for row in rows(Action)] == [("answered", "fixed_claimed")]
    assert [row.action_id for row in rows(Response, Response.id)] == [action.id, None]


@pytest.mark.parametrize("chosen", ["0", "x", "9" * 30, "-1"])
def test_a_response_answers_no_action_of_another_case(app: Flask, chosen: str) -> None:
    case = a_case()
    wrong = {"response_kind": "refused", "sender": "Office", "said": "No.", "action": chosen}
    assert refused(evidence.respond, case, wrong, TODAY).field == "action"


def test_a_response_does_not_come_from_the_future(app: Flask) -> None:
    case = a_case()
    late = {"response_kind": "refused", "sender": "Office", "said": "No.", "received_on": "2026-11-25"}
    assert refused(evidence.respond, case, late, TODAY).field == "received_on"


def test_a_form_that_is_sent_twice_counts_once(app: Flask) -> None:
    case, form = a_case(), uuid.uuid4()
    for _ in range(2):
        work(evidence.add_figure, case, FIGURE, form=form)
    assert len(rows(Figure)) == 1
    assert [kind for kind, _detail in case_events(case)] == ["opened", "figure"]


def test_a_case_moves_only_where_the_table_and_its_guards_let_it(app: Flask) -> None:
    case = a_case()
    assert move(case, "stated").state == "stated"
    assert "cannot go there" in str(refused(acts.move, case, "stated", "acting", ""))
    move(case, "diagnosing")
    assert "one figure" in str(refused(acts.move, case, "diagnosing", "evidenced", ""))
    add_figure(case)
    assert move(case, "evidenced").state == "evidenced"
    assert refused(acts.move, case, "evidenced", "nowhere", "").field == "state"


def test_a_refused_information_request_is_evidence_and_another_refusal_is_not(app: Flask) -> None:
    case = a_case(state="diagnosing")
    add_action(case)
    add_action(case, action_kind="information_request")
    memo, request = rows(Action, Action.id)
    add_response(case, response_kind="refused", action=str(memo.id))
    add_response(case, response_kind="refused")
    assert "one figure" in str(refused(acts.move, case, "diagnosing", "evidenced", ""))
    add_response(case, response_kind="refused", action=str(request.id))
    assert move(case, "evidenced").state == "evidenced"


def test_a_case_that_somebody_else_moved_meanwhile_is_looked_at_again_first(app: Flask) -> None:
    case = a_case()
    move(case, "stated")
    assert isinstance(refused(acts.move, case, "forming", "stated", ""), Stale)


def test_a_parked_case_goes_back_to_where_it_was_parked(app: Flask) -> None:
    case = a_case(state="diagnosing")
    assert move(case, "parked", "The office is closed until January.").parked_from == "diagnosing"
    assert "where it was parked" in str(refused(acts.move, case, "parked", "acting", ""))
    assert move(case, "diagnosing").parked_from is None


def test_nobody_on_the_staff_sets_verified(app: Flask) -> None:
    case = a_case(state="verifying")
    assert "never an office's word" in str(refused(acts.move, case, "verifying", "verified", "it is fixed"))
    assert stored(case.id).state == "verifying"


def test_every_act_leaves_one_line_and_a_note_is_one_too(app: Flask) -> None:
    case = a_case()
    work(acts.add_note, case, "Called the municipality.")
    add_figure(case)
    add_action(case)
    add_response(case)
    move(case, "stated")
    kinds = [kind for kind, _detail in case_events(case)]
    assert kinds == ["opened", "note", "figure", "action", "response", "state"]
    assert {event.by for event in rows(CaseEvent)} == {"afesis: lead"}
    assert refused(acts.add_note, case, " ").field == "note"
