"""What is over is told once to the lead and once to the desk, whatever crashes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.database import transaction
from app.deadlines import escalating
from app.deadlines.escalating import escalate_due, escalate_some
from app.deadlines.steps import ESCALATED, reach
from app.reports.models import Report
from app.viewer import INTAKE, WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.deadlines.moving import an_old_report, escalate, now_of
from tests.app.inbox.many import statements
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import events


def told(report: Report) -> list[str]:
    """To whom it was escalated, in order."""
    return [e.detail["to"] for e in events() if e.kind == "escalated" and e.report_id == report.id]


def test_nothing_is_escalated_before_it_is_over(app: Flask) -> None:
    report = a_report()
    assert report.due_at
    assert escalate(report.due_at - timedelta(microseconds=1)) == 0
    assert escalate(report.due_at) == 1


def test_it_goes_to_the_lead_and_then_to_the_desk_and_never_again(app: Flask) -> None:
    report = an_old_report()
    for _time in range(4):
        escalate()
    assert told(report) == ["lead", "desk"]
    assert now_of(report).flags == [ESCALATED]
    assert [e.by for e in events() if e.kind == "escalated"] == ["worker", "worker"]


def test_between_the_two_lies_the_second_limit(app: Flask) -> None:
    report = a_report()
    assert report.due_at
    escalate(report.due_at)
    second = now_of(report).escalate_at
    assert second
    assert second > report.due_at
    assert escalate(second - timedelta(microseconds=1)) == 0
    escalate(second)
    assert told(report) == ["lead", "desk"]


def test_the_desk_sees_it_from_then_on_and_to_its_end(app: Flask) -> None:
    report = an_old_report()
    browser = Browser(app).sign_in(an_account("desk"))
    assert browser.get(f"/inbox/{report.reference}").status_code == 404
    escalate()
    assert browser.get(f"/inbox/{report.reference}").status_code == 404
    escalate()
    page = browser.get(f"/inbox/{report.reference}").text
    assert "Escalated to the desk" in page
    assert "First answer still overdue: shown to the country&#39;s desk" in page
    with acting_as(WORKER), transaction() as session:
        reach(session.get_one(Report, report.id), "acknowledged")
    assert browser.get(f"/inbox/{report.reference}").status_code == 200


def test_what_is_the_desk_s_own_goes_no_further(app: Flask) -> None:
    report = an_old_report("no teacher in the school")
    assert report.entry_point is None
    for _time in range(3):
        escalate()
    assert told(report) == ["lead"]
    assert now_of(report).flags == report.flags


def test_each_step_is_escalated_by_itself(app: Flask) -> None:
    report = an_old_report()
    escalate(), escalate()
    with acting_as(WORKER), transaction() as session:
        reach(session.get_one(Report, report.id), "acknowledged")
    for _time in range(3):
        escalate()
    assert told(report) == ["lead", "desk", "lead", "desk"]
    assert now_of(report).flags == [ESCALATED]


@pytest.mark.parametrize("end", ["duplicate", "not_a_report"])
def test_what_has_ended_is_not_escalated(app: Flask, end: str) -> None:
    report = an_old_report(status=end)
    assert escalate() == 0
    assert told(report) == []


def test_who_works_on_it_at_this_moment_is_not_waited_for(app: Flask) -> None:
    report = an_old_report()
    with acting_as(INTAKE), transaction() as session:
        session.scalars(select(Report).where(Report.id == report.id).with_for_update()).one()
        found: list[int] = []

        def other() -> None:
            with app.app_context():
                found.append(escalate())

        thread = Thread(target=other)
        thread.start()
        thread.join(10)
    assert found == [0]
    assert escalate() == 1


def test_a_crash_in_the_middle_leaves_nothing_half_done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [an_old_report(), an_old_report()]
    record, calls = escalating.record, []

    def crash(*given: Any, **detail: Any) -> Any:
        calls.append(given)
        if len(calls) == 2:
            raise RuntimeError("the lights went out")
        return record(*given, **detail)

    monkeypatch.setattr(escalating, "record", crash)
    with pytest.raises(RuntimeError, match="lights"):
        escalate()
    assert [told(report) for report in reports] == [[], []]
    monkeypatch.undo()
    assert escalate() == 2
    assert [told(report) for report in reports] == [["lead"], ["lead"]]


def test_more_than_one_batch_is_escalated_in_one_run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [an_old_report() for _number in range(5)]
    monkeypatch.setattr(escalating, "AT_ONCE", 2)
    with acting_as(WORKER):
        escalate_due()
    assert all(told(report)[:1] == ["lead"] for report in reports)


def test_reports_from_before_there_were_due_dates_get_one_first(app: Flask) -> None:
    report = an_old_report()
    change = {"due_at": None, "escalate_at": datetime.now(UTC)}
    with acting_as(INTAKE), transaction() as session:
        session.execute(update(Report).where(Report.id == report.id).values(**change))
    escalate()
    assert told(report) == []
    assert now_of(report).due_at == report.due_at
    escalate()
    assert told(report) == ["lead"]


def test_looking_for_what_is_over_takes_one_statement(app: Flask) -> None:
    a_report()
    with acting_as(WORKER), transaction() as session, statements() as seen:
        escalate_some(session, datetime.now(UTC))
    assert len(seen) == 1
