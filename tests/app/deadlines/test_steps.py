"""Due dates of real reports: set when filed, moved by steps, and by nothing else."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.database import transaction
from app.deadlines.limits import default_limits
from app.deadlines.plans import plan_of
from app.deadlines.steps import reach
from app.inbox.sending_on import move
from app.reports.models import OpenQuestion, Report
from app.upkeep import file_unanswered_questions
from app.viewer import INTAKE, WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.deadlines.moving import now_of
from tests.builders.accounts import an_account
from tests.builders.reports import a_report, say
from tests.builders.stored import events, reports

CLOCK = ("step", "due_at", "counted_from", "waited", "waiting_since", "escalated", "escalate_at")


def clock(report: Report) -> dict[str, object]:
    return {name: getattr(now_of(report), name) for name in CLOCK}


def due(report: Report, kind: str | None, step: str, sensitive: bool = False) -> datetime:
    with acting_as(WORKER), transaction():
        plan = plan_of(report.partner, report.country)
    limit = plan.limits(None, kind, sensitive).of(step)
    return plan.working.after(report.counted_from, limit.length(plan.working))


@pytest.mark.parametrize("country", ["GH", "ID", "IN", "KE", "NG", "SN", "ZA"])
def test_every_report_has_a_due_date_also_one_that_nobody_can_route(app: Flask, country: str) -> None:
    say("please help us, nobody listens", country)
    say("please help us, nobody listens", country, sender="MTN")
    with acting_as(INTAKE), transaction() as session:
        session.execute(update(OpenQuestion).values(asked_at=datetime.now(UTC) - timedelta(days=2)))
    with acting_as(WORKER):
        file_unanswered_questions()
    at_desk = [report for report in reports() if report.entry_point is None]
    assert at_desk
    for report in at_desk:
        assert (report.step, report.due_at) == ("first_answer", due(report, report.gap_kind, "first_answer"))
        assert report.escalate_at == report.due_at


def test_what_waited_for_an_answer_is_counted_from_when_it_was_first_said(app: Flask) -> None:
    said = datetime.now(UTC) - timedelta(days=2)
    say("please help us, nobody listens")
    with acting_as(INTAKE), transaction() as session:
        session.execute(update(OpenQuestion).values(asked_at=said))
    with acting_as(WORKER):
        file_unanswered_questions()
    (report,) = reports()
    assert report.counted_from == said


@pytest.mark.parametrize(("words", "country"), [("no drugs at the dispensary", "KE"), ("borehole broken", "KE")])
def test_a_report_is_due_by_its_kind_of_gap(app: Flask, words: str, country: str) -> None:
    report = a_report(words, country)
    assert report.due_at == due(report, report.gap_kind, "first_answer")
    with acting_as(WORKER), transaction() as session:
        reach(session.get_one(Report, report.id), "acknowledged")
    assert clock(report)["due_at"] == due(report, report.gap_kind, "resolution")


def test_what_is_sensitive_is_due_within_hours(app: Flask) -> None:
    report = a_report("no drugs at the dispensary")
    with acting_as(WORKER), transaction() as session:
        row = session.get_one(Report, report.id)
        row.flags = ["sensitive"]
        reach(row, "acknowledged")
    assert clock(report)["due_at"] == due(report, None, "resolution", sensitive=True)
    assert default_limits(None, sensitive=True).first_answer.unit == "h"


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("assign", {"to": "me"}),
        ("priority", {"priority": "1"}),
        ("tags", {"new_tags": "stock-out"}),
        ("note", {"note": "Called the clinic."}),
        ("reply", {"reply": "We are looking into it."}),
        ("snooze", {"snooze": "7"}),
    ],
)
def test_no_edit_moves_a_due_date(app: Flask, act: str, fields: dict[str, str]) -> None:
    report, account = a_report(), an_account()
    was, browser = clock(report), Browser(app).sign_in(account)
    sent = {name: str(account.id) if value == "me" else value for name, value in fields.items()}
    answer = browser.post(f"/inbox/{report.reference}/{act}", form=str(uuid.uuid4()), **sent)
    assert answer.status_code == 303
    assert clock(report) == was


@pytest.mark.parametrize("place", ["ke-water-sanitation", "desk"])
def test_sending_it_on_moves_no_due_date(app: Flask, place: str) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    was = clock(report)
    sent = {"form": str(uuid.uuid4()), "place": place, "send_reason": "It is theirs."}
    assert browser.post(f"/inbox/{report.reference}/send-on", **sent).status_code == 303
    (said,) = (event.id for event in events() if event.kind == "sent_on")
    with acting_as(WORKER):
        move(said)
    assert now_of(report).entry_point == (None if place == "desk" else place)
    assert clock(report) == was


def test_a_status_on_the_page_reaches_the_next_step(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    sent = {"form": str(uuid.uuid4()), "was": "new", "status": "acknowledged", "reason": ""}
    assert browser.post(f"/inbox/{report.reference}/status", **sent).status_code == 303
    assert clock(report)["step"] == "resolution"
    page = browser.get(f"/inbox/{report.reference}").text
    assert "Resolution: due " in page


def test_the_person_s_words_end_the_wait(app: Flask) -> None:
    report, now = a_report(), datetime.now(UTC)
    with acting_as(WORKER), transaction() as session:
        reach(session.get_one(Report, report.id), "needs_information", now + timedelta(days=14))
    with acting_as(WORKER), transaction() as session:
        row = session.get_one(Report, report.id)
        row.said_at = now + timedelta(days=15)
        reach(row, "in_follow_up", now + timedelta(days=40))
    assert 0 <= clock(report)["waited"] <= 9 * 60
