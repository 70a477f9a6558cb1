"""One act on many reports: as the person who asked, once, told late, and undone exactly."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.access.models import Account, Membership, SignInSession
from app.database import transaction
from app.inbox import acts
from app.inbox.bulk import running
from app.inbox.bulk.models import BulkAct
from app.inbox.bulk.running import run
from app.viewer import COMMAND, SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.bulks import NEW, ask, change, items, now_of, post, work
from tests.app.inbox.many import reports_at
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import events, rows
from tests.conftest import Database


def test_what_was_ticked_gets_all_of_it_and_each_timeline_says_so(app: Flask, database: Database) -> None:
    account, reports = an_account(), [a_report(), a_report()]
    browser, other = Browser(app).sign_in(account), a_report()
    steps = {"status": "acknowledged", "to": str(account.id), "new_tags": "March", "priority": "2"}
    number = ask(browser, reports, **steps, snooze="3", note="One visit for all.")
    work_until(lambda: jobs_waiting(database, "inbox.bulk") == 0, app, database, "default")
    for report in map(now_of, reports):
        assert (report.status, report.assigned_to, report.tags, report.priority) == (
            *("acknowledged", account.id),
            *(["march"], 2),
        )
        assert report.snoozed_until is not None
    page = browser.get(f"/inbox/{reports[0].reference}").text
    assert "One visit for all." in page
    assert page.count("Together with other reports") == 6
    assert {event.by for event in events() if "bulk" in event.detail} == {f"cedc: {account.name}"}
    assert now_of(other).status == "new"
    assert "All is done." in browser.get(f"/inbox/bulk/{number}").text


def test_the_whole_list_is_what_its_filters_leave(app: Flask) -> None:
    account, wanted, other = an_account(), a_report(tags=["visit"]), a_report()
    browser = Browser(app).sign_in(account)
    page = browser.get("/inbox/bulk?scope=all&tab=unassigned&tag=visit").text
    assert "The one report of this list." in page
    assert 'name="filters" value="tab=unassigned&amp;tag=visit"' in page
    number = str(uuid.uuid4())
    post(browser, "/inbox/bulk", form=number, scope="all", filters="tab=unassigned&tag=visit", priority="1")
    work(run, number)
    assert (now_of(wanted).priority, now_of(other).priority) == (1, 3)


def test_nothing_is_done_to_what_belongs_to_others(app: Flask) -> None:
    account, ours, theirs = an_account(), a_report(), a_report("borehole broken no water")
    browser = Browser(app).sign_in(account)
    work(run, ask(browser, [ours, theirs], priority="1"))
    assert [item.reference for item in items()] == [ours.reference]
    assert now_of(theirs).priority == 3


def test_what_was_sent_on_meanwhile_is_left_and_listed(app: Flask) -> None:
    account, report = an_account(), a_report()
    browser = Browser(app).sign_in(account)
    number = ask(browser, [report], priority="1")
    change(report, entry_point="ke-water-sanitation")
    work(run, number)
    assert (now_of(report).priority, items()[0].why) == (3, "gone")
    page = browser.get(f"/inbox/bulk/{number}").text
    assert "it is not yours to see any more" in page
    assert f'href="/inbox/{report.reference}"' not in page


def test_what_cannot_be_done_is_left_whole_and_says_why(app: Flask) -> None:
    account, closed, stale, full = an_account(), a_report(status="closed"), a_report(), a_report()
    change(full, tags=[f"t{number}" for number in range(10)])
    browser = Browser(app).sign_in(account)
    number = ask(browser, [closed, stale, full], status="acknowledged", new_tags="one more")
    change(stale, status="needs_information")
    work(run, number)
    assert {item.reference: item.why for item in items()} == {
        closed.reference: "illegal",
        stale.reference: "stale",
        full.reference: "tags",
    }
    assert [now_of(one).status for one in (closed, stale, full)] == ["closed", "needs_information", "new"]
    page = browser.get(f"/inbox/bulk/{number}").text
    for why in ("it cannot go to that status", "somebody changed it after you chose it", "too many tags"):
        assert why in page


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ({}, "Choose at least one thing to do."),
        ({"reason": "because"}, "Choose at least one thing to do."),
        ({"status": "not_a_report"}, "Give a reason for this status."),
        ({"status": "duplicate", "reason": "the same"}, "Choose the new status."),
        ({"status": "confirmed"}, "Choose the new status."),
        ({"to": "999999"}, "Choose one of your colleagues."),
        ({"priority": "9"}, "Choose how urgent it is."),
        ({"snooze": "4000"}, "Choose until when."),
        ({"status": "closed", "snooze": "3"}, "What is over is not put aside as well."),
        ({"new_tags": "x" * 41}, "is longer than 40 characters"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_begins(app: Flask, steps: dict, said: str) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    answer = post(browser, "/inbox/bulk", form=str(uuid.uuid4()), chosen=report.reference, **steps)
    assert answer.status_code == 422
    assert said in answer.text
    assert rows(BulkAct) == []


def test_what_merging_alone_makes_is_not_offered(app: Flask) -> None:
    report = a_report()
    page = Browser(app).sign_in(an_account()).get(f"/inbox/bulk?chosen={report.reference}").text
    assert ('value="not_a_report"' in page, 'value="duplicate"' in page) == (True, False)


def test_without_a_report_there_is_nothing_to_do(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())
    assert "Choose at least one report." in browser.get("/inbox/bulk?scope=chosen").text
    refused = post(browser, "/inbox/bulk", form=str(uuid.uuid4()), chosen="KE-0000000", priority="1")
    assert refused.status_code == 422


def test_a_form_sent_twice_is_one_act(app: Flask, database: Database) -> None:
    account, report = an_account(), a_report()
    browser, number = Browser(app).sign_in(account), str(uuid.uuid4())
    for _again in range(2):
        ask(browser, [report], number, note="Once.")
    assert jobs_waiting(database, "inbox.bulk") == 1
    for _again in range(2):
        work(run, number)
    assert [event.kind for event in events() if "bulk" in event.detail] == ["note"]


def test_a_crash_in_the_middle_is_gone_on_from(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    account, references = an_account(), reports_at([NEW + timedelta(minutes=n) for n in range(5)])
    number = ask(Browser(app).sign_in(account), references, note="Once each.")
    monkeypatch.setattr(running, "CHUNK", 2)
    keep, kept = acts.keep_note, []

    def crash(*given: object, **rest: object) -> object:
        kept.append(given)
        if len(kept) == 4:
            raise ConnectionError
        return keep(*given, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(acts, "keep_note", crash)
    with pytest.raises(ConnectionError):
        work(run, number)
    assert [item.state for item in items()] == ["done", "done", "waiting", "waiting", "waiting"]
    work(run, number)
    assert len([event for event in events() if event.kind == "note"]) == 5


def test_somebody_who_may_not_sign_in_any_more_does_nothing_in_the_worker_either(app: Flask) -> None:
    account, report = an_account(), a_report()
    number = ask(Browser(app).sign_in(account), [report], priority="1")
    with acting_as(COMMAND), transaction() as session:
        session.get_one(Account, account.id).disabled_at = datetime.now(UTC)
    work(run, number)
    assert (now_of(report).priority, rows(BulkAct)[0].state) == (3, "stopped")


def test_who_serves_two_partners_goes_on_as_at_the_one_where_they_asked(app: Flask) -> None:
    account, report = an_account("partner_lead", partner="wacam"), a_report()
    with acting_as(COMMAND), transaction() as session:
        session.add(Membership(account_id=account.id, partner="cedc", role="partner_member"))
    browser = Browser(app).sign_in(account)
    with acting_as(SIGN_IN), transaction() as session:
        membership = session.scalars(select(Membership.id)).one()
        session.execute(update(SignInSession).values(membership_id=membership))
    work(run, ask(browser, [report], priority="1"))
    number = ask(browser, [report], priority="2")
    assert now_of(report).priority == 1
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(delete(Membership))
    work(run, number)
    assert now_of(report).priority == 1, "they do not serve that partner any more"
