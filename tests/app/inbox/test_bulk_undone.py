"""A bulk act is told late, stopped, and undone exactly; with five thousand reports too."""

from __future__ import annotations

import time
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import transaction
from app.inbox.bulk import running, undoing
from app.inbox.bulk.running import run, tell
from app.inbox.bulk.undoing import undo
from app.reports.models import Report
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.bulks import NEW, ago, ask, change, items, now_of, post, told, work
from tests.app.inbox.many import reports_at
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import messages_out
from tests.conftest import Database


def test_people_hear_of_it_only_after_two_minutes_and_as_the_caps_allow(app: Flask, database: Database) -> None:
    account, report = an_account(), a_report()
    number = ask(Browser(app).sign_in(account), [report], status="acknowledged")
    work(run, number)
    assert told(report) == []
    [due] = database.keeper.execute(
        "SELECT scheduled_at - now() FROM procrastinate_jobs WHERE task_name = 'inbox.bulk_tell'"
    ).fetchone()
    assert timedelta(seconds=100) < due <= timedelta(minutes=2)
    for _again in range(2):
        work(tell, number)
    assert told(report) == [f"{report.reference}: a person has taken it up. For no more messages: STOP"]
    assert messages_out()[-1].purpose == "update", "so at most three a day"


def test_what_is_undone_in_time_was_never_told(app: Flask) -> None:
    account, report = an_account(), a_report()
    browser = Browser(app).sign_in(account)
    number = ask(browser, [report], status="acknowledged", note="Wrong.")
    work(run, number)
    assert post(browser, f"/inbox/bulk/{number}/undo").status_code == 303
    work(undo, number)
    work(tell, number)
    assert (now_of(report).status, told(report)) == ("new", [])
    page = browser.get(f"/inbox/{report.reference}").text
    assert "An act on many reports was undone" in page
    assert "Note taken back" in page


def test_who_was_told_is_told_again_when_it_is_undone(app: Flask) -> None:
    account, report = an_account(), a_report()
    browser = Browser(app).sign_in(account)
    number = ask(browser, [report], status="acknowledged")
    for job in (run, tell):
        work(job, number)
    post(browser, f"/inbox/bulk/{number}/undo")
    work(undo, number)
    assert told(report)[1:] == [f"{report.reference}: recorded, waiting for a person. For no more messages: STOP"]


def test_undoing_puts_back_exactly_what_it_changed(app: Flask) -> None:
    account, mine = an_account(), an_account()
    report = a_report(tags=["a", "b"], priority=1, assigned_to=mine.id)
    browser, before = Browser(app).sign_in(account), now_of(report)
    steps = {"to": "nobody", "new_tags": "b, c", "old_tags": "a", "priority": "4", "snooze": "7"}
    number = ask(browser, [report], **steps)
    work(run, number)
    assert (now_of(report).tags, now_of(report).assigned_to) == (["b", "c"], None)
    post(browser, f"/inbox/bulk/{number}/undo")
    for _again in range(2):
        work(undo, number)
    after = now_of(report)
    for name in ("tags", "priority", "assigned_to", "snoozed_until", "touched_at", "status"):
        assert getattr(after, name) == getattr(before, name), name
    assert "It is undone." in browser.get(f"/inbox/bulk/{number}").text


def test_undoing_a_status_leaves_the_due_date_as_it_was(app: Flask) -> None:
    account, report = an_account(), a_report()
    browser, before = Browser(app).sign_in(account), now_of(report)
    number = ask(browser, [report], status="acknowledged")
    work(run, number)
    assert now_of(report).due_at != before.due_at
    post(browser, f"/inbox/bulk/{number}/undo")
    work(undo, number)
    after = now_of(report)
    for name in ("status", "step", "due_at", "counted_from", "waited", "escalated", "escalate_at"):
        assert getattr(after, name) == getattr(before, name), name


def test_undoing_leaves_alone_what_somebody_changed_since_and_says_so(app: Flask) -> None:
    account, report = an_account(), a_report()
    browser = Browser(app).sign_in(account)
    number = ask(browser, [report], status="acknowledged", priority="1", new_tags="ours")
    work(run, number)
    change(report, status="in_follow_up", tags=["ours", "theirs"])
    post(browser, f"/inbox/bulk/{number}/undo")
    work(undo, number)
    after = now_of(report)
    assert (after.status, after.priority, after.tags) == ("in_follow_up", 3, ["theirs"])
    page = browser.get(f"/inbox/bulk/{number}").text
    assert "its status has changed since" in page
    assert "its priority has changed since" not in page


def test_after_half_an_hour_it_stays(app: Flask) -> None:
    account, report = an_account(), a_report()
    browser = Browser(app).sign_in(account)
    number = ask(browser, [report], priority="1")
    work(run, number)
    ago(number, undoing.UNDO_WITHIN)
    assert post(browser, f"/inbox/bulk/{number}/undo").status_code == 409
    assert "Undo it" not in browser.get(f"/inbox/bulk/{number}").text


def test_it_is_stopped_and_undone_while_it_runs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    account, references = an_account(), reports_at([NEW + timedelta(minutes=n) for n in range(4)])
    browser = Browser(app).sign_in(account)
    number = ask(browser, references, priority="1")
    monkeypatch.setattr(running, "CHUNK", 2)
    with acting_as(WORKER):
        asker = running.asker_of(uuid.UUID(number))
    with acting_as(asker), transaction() as session:
        running._do_some(session, uuid.UUID(number))
    page = browser.get(f"/inbox/bulk/{number}").text
    assert "2 of 4" in page
    assert 'http-equiv="refresh"' in page
    post(browser, f"/inbox/bulk/{number}/undo")
    work(run, number)
    work(undo, number)
    assert {now_of(reference).priority for reference in references} == {3}
    assert sorted(item.state for item in items()) == ["undone", "undone", "waiting", "waiting"]


def test_nobody_sees_or_undoes_what_somebody_else_asked_for(app: Flask) -> None:
    account, report = an_account(), a_report()
    number = ask(Browser(app).sign_in(account), [report], priority="1")
    colleague = Browser(app).sign_in(an_account())
    assert colleague.get(f"/inbox/bulk/{number}").status_code == 404
    assert post(colleague, f"/inbox/bulk/{number}/undo").status_code == 404


@pytest.mark.long
def test_five_thousand_reports_are_done_and_undone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long: about half a minute."""
    account = an_account()
    reports_at([NEW + timedelta(seconds=n) for n in range(5000)])
    browser, number = Browser(app).sign_in(account), str(uuid.uuid4())
    begun = time.monotonic()
    asked = post(
        browser,
        "/inbox/bulk",
        form=number,
        scope="all",
        filters="",
        status="acknowledged",
        new_tags="march",
        to="nobody",
    )
    asking = time.monotonic() - begun
    assert asked.status_code == 303
    work(run, number)
    done = time.monotonic() - begun - asking
    assert {item.state for item in items()} == {"done"}
    post(browser, f"/inbox/bulk/{number}/undo")
    work(undo, number)
    undone = time.monotonic() - begun - asking - done
    print(f"\n5,000 reports: asked in {asking:.1f} s, done in {done:.1f} s, undone in {undone:.1f} s")
    with acting_as(WORKER), transaction() as session:
        stands = select(Report.status, Report.tags).distinct()
        assert [tuple(row) for row in session.execute(stands)] == [("new", [])]
    assert "5000 reports at once" in browser.get(f"/inbox/bulk/{number}").text
    assert asking < 15
    assert done < 60
