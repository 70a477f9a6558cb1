"""Tags, priority and snooze: set on a report's page, told on its timeline, seen in the list."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.channels.web.tracking import write_more
from app.database import transaction
from app.inbox.tags import read_tags
from app.reports.marks import LONGEST_TAG, MOST_TAGS, hear
from app.reports.models import Report
from app.viewer import INTAKE, acting_as
from tests.app.access.browser import BASE, Browser
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import events


def mark(browser: Browser, report: Report, act: str, **fields: object) -> int:
    """Send one of the forms; a value may be a list. Returns the status."""
    form = {"form": str(uuid.uuid4()), "csrf_token": browser.token(), **fields}
    body = urlencode(form, doseq=True)
    with browser.app.app_context():
        return browser.client.post(
            f"/inbox/{report.reference}/{act}",
            data=body,
            content_type="application/x-www-form-urlencoded",
            base_url=BASE,
            environ_overrides=browser.environ,
        ).status_code


def now_of(report: Report) -> Report:
    with acting_as(INTAKE), transaction() as session:
        return session.scalars(select(Report).where(Report.id == report.id)).one()


def change(report: Report, **values: object) -> None:
    with acting_as(INTAKE), transaction() as session:
        session.execute(update(Report).where(Report.id == report.id).values(**values))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Stock-out, PHARMACY ,stock-out", ("stock-out", "pharmacy")),
        ("  county   budget ;\r\n visit", ("county budget", "visit")),
        ("E\u0301cole", ("école",)),
        (" , ;\n", ()),
    ],
)
def test_tags_are_read_as_people_type_them(typed: str, read: tuple[str, ...]) -> None:
    assert read_tags(typed) == read


@pytest.mark.parametrize(("role", "words"), [("partner_member", "no drugs"), ("desk", "no teacher in the school")])
def test_partner_and_desk_tag_a_report_and_the_list_shows_it(app: Flask, role: str, words: str) -> None:
    report, browser = a_report(words), Browser(app).sign_in(an_account(role))
    assert mark(browser, report, "tags", new_tags="Stock-out, visit") == 303
    assert now_of(report).tags == ["stock-out", "visit"]
    assert "<bdi>stock-out</bdi>" in browser.get("/inbox").text
    assert "Tagged: stock-out, visit" in browser.get(f"/inbox/{report.reference}").text


def test_a_tag_is_taken_off_and_what_a_colleague_added_meanwhile_stays(app: Flask) -> None:
    report, browser = a_report(tags=["drugs", "visit", "meanwhile"]), Browser(app).sign_in(an_account())
    assert mark(browser, report, "tags", was=["drugs", "visit"], tag=["visit"], new_tags="county") == 303
    assert now_of(report).tags == ["county", "meanwhile", "visit"]
    assert [e.detail["removed"] for e in events() if e.kind == "tags"] == [["drugs"]]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (",".join(f"t{number}" for number in range(MOST_TAGS + 1)), "One tag too many"),
        ("x" * (LONGEST_TAG + 1), "is longer than 40 characters"),
    ],
)
def test_too_many_or_too_long_tags_are_refused_and_kept_in_the_form(app: Flask, typed: str, said: str) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    answer = browser.post(f"/inbox/{report.reference}/tags", form=str(uuid.uuid4()), new_tags=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert typed in answer.text
    assert now_of(report).tags == []


def test_tags_of_one_s_own_reports_are_offered_and_nobody_else_s(app: Flask) -> None:
    a_report(tags=["stock-out"])
    a_report("borehole broken no water", tags=["pump"])
    page = Browser(app).sign_in(an_account()).get(f"/inbox/{a_report().reference}").text
    assert re.findall(r'id="offered-\d+" name="tag" value="([^"]+)"', page) == ["stock-out"]


def test_how_urgent_it_is_stands_in_list_and_timeline(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    assert "data-priority" not in browser.get("/inbox").text
    assert mark(browser, report, "priority", priority="1") == 303
    assert now_of(report).priority == 1
    assert '<span data-priority="1">Urgent</span>' in browser.get("/inbox").text
    assert "Priority changed from Normal priority to Urgent" in browser.get(f"/inbox/{report.reference}").text


@pytest.mark.parametrize("given", ["", "0", "5", "urgent", "1 OR 1=1"])
def test_a_priority_that_is_none_is_refused(app: Flask, given: str) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    assert mark(browser, report, "priority", priority=given) == 422
    assert now_of(report).priority == 3


def test_a_report_is_snoozed_until_the_morning_of_a_day_there(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    assert mark(browser, report, "snooze", snooze="3") == 303
    until = now_of(report).snoozed_until.astimezone(UTC)
    assert (until.hour, until.minute) == (4, 0), "seven in the morning in Nairobi"
    assert timedelta(days=1) < until - datetime.now(UTC) < timedelta(days=4)
    page = browser.get(f"/inbox/{report.reference}").text
    assert "Snoozed until" in page
    assert "Bring it back now" in page


def test_a_report_is_snoozed_until_any_day_within_a_year(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    day = (datetime.now(UTC) + timedelta(days=100)).date()
    assert mark(browser, report, "snooze", snooze="day", day=day.isoformat()) == 303
    assert now_of(report).snoozed_until.date() == day


@pytest.mark.parametrize("day", ["", "tomorrow", "2020-01-01", "9999-12-31", "2026-02-30"])
def test_a_snooze_until_no_day_is_refused(app: Flask, day: str) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    assert mark(browser, report, "snooze", snooze="day", day=day) == 422
    assert now_of(report).snoozed_until is None


def test_what_has_ended_is_not_snoozed(app: Flask) -> None:
    report, browser = a_report(status="closed"), Browser(app).sign_in(an_account())
    assert mark(browser, report, "snooze", snooze="3") == 409
    assert "Put it aside" not in browser.get(f"/inbox/{report.reference}").text


def test_a_snoozed_report_is_brought_back_by_hand(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    mark(browser, report, "snooze", snooze="7")
    assert mark(browser, report, "wake") == 303
    assert now_of(report).snoozed_until is None
    assert "Brought back before its time" in browser.get(f"/inbox/{report.reference}").text


def test_a_snoozed_report_is_back_at_once_when_the_person_speaks(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    mark(browser, report, "snooze", snooze="7")
    with acting_as(INTAKE), transaction() as session:
        hear(session, session.get_one(Report, report.id))
    assert now_of(report).snoozed_until is None
    assert "Back from its snooze, as the person wrote" in browser.get(f"/inbox/{report.reference}").text


def test_a_report_whose_snooze_is_over_says_so_until_somebody_acts(app: Flask) -> None:
    passed = datetime.now(UTC) - timedelta(hours=1)
    report, browser = a_report(), Browser(app).sign_in(an_account())
    change(report, snoozed_until=passed, touched_at=passed - timedelta(days=3))
    assert "Back from its snooze" in browser.get("/inbox").text
    mark(browser, report, "priority", priority="2")
    assert "Back from its snooze" not in browser.get("/inbox").text


def test_what_staff_do_touches_a_report_and_what_the_person_says_does_not(app: Flask) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=9)
    report, browser = a_report(), Browser(app).sign_in(an_account())
    change(report, touched_at=long_ago, said_at=long_ago)
    with acting_as(INTAKE), transaction() as session:
        hear(session, session.get_one(Report, report.id))
    assert (now_of(report).touched_at, now_of(report).said_at > long_ago) == (long_ago, True)
    mark(browser, report, "priority", priority="2")
    assert now_of(report).touched_at > long_ago


@pytest.mark.parametrize("act", ["tags", "priority", "snooze", "wake"])
def test_nobody_marks_the_reports_of_others(app: Flask, act: str) -> None:
    report = a_report("borehole broken no water")
    browser = Browser(app).sign_in(an_account())
    assert mark(browser, report, act, new_tags="mine", priority="1", snooze="3") == 404
    assert [event.kind for event in events()] == ["filed"]


def test_a_form_that_is_sent_twice_marks_once(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    number = str(uuid.uuid4())
    mark(browser, report, "priority", form=number, priority="1")
    mark(browser, report, "priority", form=number, priority="2")
    assert now_of(report).priority == 1


def test_more_words_on_the_website_bring_a_snoozed_report_back(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    mark(browser, report, "snooze", snooze="7")
    write_more(report.id, uuid.uuid4(), "They asked for money again today")
    assert now_of(report).snoozed_until is None
