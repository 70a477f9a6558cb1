"""Tabs, filters and orders of the list: what each holds, all of it in the address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import transaction
from app.inbox import counting
from app.photos.models import Photo
from app.reports.models import IncomingMessage, Report
from app.viewer import INTAKE, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.many import reports_at
from tests.app.inbox.test_list import counts, link, shown, walk
from tests.builders.accounts import an_account
from tests.builders.reports import a_report, a_sensitive_report

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def found(browser: Browser, **query: object) -> list[str]:
    return shown(browser.get(f"/inbox?{urlencode(query, doseq=True)}").text)


def references(*reports: Report) -> list[str]:
    return [report.reference for report in reports]


def test_open_is_neither_ended_nor_snoozed_and_everything_is_everything(app: Flask) -> None:
    awake = a_report()
    snoozed = a_report(snoozed_until=NOW + DAY)
    back = a_report(snoozed_until=NOW - DAY)
    ended = a_report(status="closed")
    browser = Browser(app).sign_in(an_account())
    assert found(browser) == references(back, awake)
    assert found(browser, tab="snoozed") == references(snoozed)
    assert found(browser, tab="all") == references(ended, back, snoozed, awake)
    assert "without those that are snoozed" in browser.get("/inbox").text


def test_mine_and_nobody_s_leave_out_what_is_snoozed_or_ended(app: Flask) -> None:
    me, colleague = an_account(), an_account("partner_member")
    mine = a_report(assigned_to=me.id)
    a_report(assigned_to=me.id, snoozed_until=NOW + DAY)
    a_report(assigned_to=me.id, status="closed")
    a_report(assigned_to=colleague.id)
    nobody_s = a_report()
    browser = Browser(app).sign_in(me)
    assert found(browser, tab="mine") == references(mine)
    assert found(browser, tab="unassigned") == references(nobody_s)


def test_what_needs_information_has_a_tab(app: Flask) -> None:
    waiting = a_report(status="needs_information")
    a_report()
    a_report(status="needs_information", snoozed_until=NOW + DAY)
    assert found(Browser(app).sign_in(an_account()), tab="needs_information") == references(waiting)


def test_a_status_that_is_asked_for_counts_instead_of_open(app: Flask) -> None:
    closed, new, duplicate = a_report(status="closed"), a_report(), a_report(status="duplicate")
    browser = Browser(app).sign_in(an_account())
    assert found(browser, status="closed") == references(closed)
    assert found(browser, status=["closed", "new"]) == references(new, closed)
    assert found(browser, status=["duplicate", "nonsense"]) == references(duplicate)


def test_at_a_desk_the_tabs_are_of_its_own_reports(app: Flask) -> None:
    a_report()
    unrouted = a_report("no teacher in the school")
    snoozed = a_report("no teacher in the school", snoozed_until=NOW + DAY, tags=["school"])
    browser = Browser(app).sign_in(an_account("desk"))
    assert found(browser) == references(unrouted)
    assert found(browser, tab="snoozed", tag="school") == references(snoozed)


@pytest.mark.parametrize(
    ("query", "changes", "others"),
    [
        ({"tag": "Stock-Out"}, {"tags": ["radio", "stock-out"]}, {"tags": ["stock"]}),
        ({"priority": "1"}, {"priority": 1}, {"priority": 2}),
        ({"flag": "call_back"}, {"flags": ["call_back"]}, {"flags": []}),
        ({"flag": "call_back"}, {"flags": ["call_back"]}, {"tags": ["call_back"]}),
        ({"tag": "call_back"}, {"tags": ["call_back"]}, {"flags": ["call_back"]}),
        ({"tag": "o'clock \\ & !"}, {"tags": ["o'clock \\ & !"]}, {"tags": ["o'clock"]}),
        ({"sensitive": "yes"}, {"flags": ["sensitive"]}, {"flags": ["call_back"]}),
        ({"age": "today"}, {"created_at": NOW}, {"created_at": NOW - 2 * DAY}),
        ({"age": "week"}, {"created_at": NOW - 6 * DAY}, {"created_at": NOW - 8 * DAY}),
        ({"age": "month"}, {"created_at": NOW - 29 * DAY}, {"created_at": NOW - 31 * DAY}),
        ({"age": "older"}, {"created_at": NOW - 31 * DAY}, {"created_at": NOW - 29 * DAY}),
    ],
)
def test_a_filter_of_marks_or_age_leaves_what_it_names(
    app: Flask, query: dict[str, str], changes: dict[str, object], others: dict[str, object]
) -> None:
    wanted = a_report(**changes)
    a_report(**others)
    assert found(Browser(app).sign_in(an_account()), **query) == references(wanted)


def test_a_report_is_sensitive_by_its_type_of_problem_too(app: Flask) -> None:
    place = {"country": "IN", "sector": "water-sanitation", "entry_point": "in-water-sanitation"}
    a_report(**place)
    wanted = a_report(**place, problem_type="in-water-sanitation/still-forced-to-do-the-work")
    browser = Browser(app).sign_in(an_account(partner="ska"))
    assert found(browser, sensitive="yes") == references(wanted)


def test_days_begin_and_end_where_the_partner_is(app: Flask) -> None:
    """Nairobi is three hours ahead: 22:00 in Greenwich is the next day there."""
    a_report(created_at=datetime(2026, 5, 3, 20, 59, tzinfo=UTC))
    first = a_report(created_at=datetime(2026, 5, 3, 21, 0, tzinfo=UTC))
    last = a_report(created_at=datetime(2026, 5, 4, 20, 59, tzinfo=UTC))
    a_report(created_at=datetime(2026, 5, 4, 21, 0, tzinfo=UTC))
    browser = Browser(app).sign_in(an_account())
    assert found(browser, since="2026-05-04", until="2026-05-04") == references(last, first)


def test_reports_with_a_photo_are_found(app: Flask) -> None:
    a_report()
    with_photo = a_report()
    with acting_as(INTAKE), transaction() as session:
        message = session.scalars(select(IncomingMessage).where(IncomingMessage.report_id == with_photo.id)).one()
        session.add(Photo(message_id=message.id, full=b"x", small=b"x", width=1, height=1))
    assert found(Browser(app).sign_in(an_account()), photo="yes") == references(with_photo)


def test_a_report_whose_photo_is_gone_is_no_longer_among_those_with_one(app: Flask) -> None:
    report = a_report()
    with acting_as(INTAKE), transaction() as session:
        message = session.scalars(select(IncomingMessage).where(IncomingMessage.report_id == report.id)).one()
        photos = [Photo(message_id=message.id, full=b"x", small=b"x", width=1, height=1) for _ in range(2)]
        session.add_all(photos)
    browser = Browser(app).sign_in(an_account())
    for photo in photos:
        assert found(browser, photo="yes") == references(report)
        with acting_as(INTAKE), transaction() as session:
            session.delete(session.get_one(Photo, photo.id))
    assert found(browser, photo="yes") == []


def test_a_photo_counts_for_the_report_that_its_message_belongs_to_at_last(app: Flask) -> None:
    first, second = a_report(), a_report()
    with acting_as(INTAKE), transaction() as session:
        message = session.scalars(select(IncomingMessage).where(IncomingMessage.report_id == first.id)).one()
        message.report_id, message.media = None, 1
        session.add(Photo(message_id=message.id, full=b"x", small=b"x", width=1, height=1))
    browser = Browser(app).sign_in(an_account())
    assert found(browser, photo="yes") == []
    with acting_as(INTAKE), transaction() as session:
        session.get_one(IncomingMessage, message.id).report_id = second.id
    assert found(browser, photo="yes") == references(second)


def test_that_a_photo_belongs_to_a_sensitive_report_is_for_its_readers(app: Flask) -> None:
    report = a_sensitive_report()
    with acting_as(INTAKE), transaction() as session:
        message = session.scalars(select(IncomingMessage).where(IncomingMessage.report_id == report.id)).one()
        session.add(Photo(message_id=message.id, full=b"x", small=b"x", width=1, height=1))
    lead, member = (Browser(app).sign_in(an_account(role, "wacam")) for role in ("partner_lead", "partner_member"))
    assert found(lead, photo="yes") == references(report)
    assert (found(member, sensitive="yes"), found(member, photo="yes")) == (references(report), [])


def test_where_more_are_open_than_are_gathered_each_tab_counts_the_same(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = an_account()
    for more in ({"assigned_to": me.id}, {}, {"status": "needs_information"}, {"status": "closed"}):
        a_report(channel="ussd", **more)
    browser = Browser(app).sign_in(me)
    gathered = counts(browser.get("/inbox?channel=ussd").text)
    monkeypatch.setattr(counting, "MOST_GATHERED", 1)
    assert counts(browser.get("/inbox?channel=ussd").text) == gathered
    assert [gathered[name] for name in ("All open", "Mine", "Nobody's yet", "Everything")] == ["3", "1", "2", "4"]


def test_reports_are_found_by_who_works_on_them(app: Flask) -> None:
    me, colleague, stranger = an_account(), an_account(), an_account(partner="cedgg")
    mine, theirs, free = a_report(assigned_to=me.id), a_report(assigned_to=colleague.id), a_report()
    browser = Browser(app).sign_in(me)
    assert found(browser, assigned="me") == references(mine)
    assert found(browser, assigned=str(colleague.id)) == references(theirs)
    assert found(browser, assigned="nobody") == references(free)
    assert len(found(browser, assigned=str(stranger.id))) == 3, "no colleague, so no filter"


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "nonsense", "sort": "nonsense"},
        {"priority": "9", "age": "tomorrow", "assigned": "1 OR 1=1"},
        {"since": "yesterday", "until": "9999-12-31"},
        {"since": "0001-01-01", "tag": ",;", "flag": "x"},
        {"sort": "priority", "before": f"99999-1-{'0' * 32}"},
        {"sort": "priority", "before": f"1-{'0' * 32}"},
    ],
)
def test_what_makes_no_sense_in_the_address_is_no_filter(app: Flask, query: dict[str, str]) -> None:
    report = a_report()
    assert found(Browser(app).sign_in(an_account()), **query) == references(report)


def test_the_most_urgent_come_first_and_among_equals_who_waits_longest(app: Flask) -> None:
    low, new, old = a_report(priority=4), a_report(), a_report(created_at=NOW - 9 * DAY)
    urgent = a_report(priority=1)
    browser = Browser(app).sign_in(an_account())
    assert found(browser, sort="priority") == references(urgent, old, new, low)
    assert found(browser, sort="oldest")[0] == old.reference


def test_who_was_left_alone_longest_comes_first(app: Flask) -> None:
    lately, long_ago = a_report(touched_at=NOW), a_report(touched_at=NOW - 9 * DAY)
    assert found(Browser(app).sign_in(an_account()), sort="untouched") == references(long_ago, lately)


def test_urgency_is_no_order_for_what_has_ended(app: Flask) -> None:
    first, last = a_report(priority=1), a_report(priority=4)
    browser = Browser(app).sign_in(an_account())
    assert found(browser, tab="all", sort="priority") == references(last, first)
    assert "Most urgent first" not in browser.get("/inbox?tab=all").text


@pytest.mark.parametrize("order", ["newest", "oldest", "priority", "untouched"])
def test_each_order_goes_forwards_and_back_without_loss(app: Flask, order: str) -> None:
    everything = set(reports_at([NOW - DAY] * 30 + [NOW - 2 * DAY] * 30))
    browser = Browser(app).sign_in(an_account())
    on = walk(browser, f"/inbox?sort={order}", "next")
    assert sorted(reference for page in on for reference in page) == sorted(everything)
    last = f"/inbox?sort={order}"
    while (further := link(browser.get(last).text, "next")) is not None:
        last = further
    assert list(reversed(walk(browser, last, "prev")))[-1] == on[-1]
