"""One report on somebody's behalf."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.reports.models import Contact, Event, IncomingMessage
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account
from tests.builders.reports import a_number, a_report
from tests.builders.stored import all_messages_out, messages_out, reports, rows

TOLD = {
    "about": "health",
    "problem": "ke-health/no-drugs",
    "area": "KE-04",
    "place": "Matayos",
    "words": "The dispensary has had no drugs for a month.",
    "language": "sw",
}


def enter(browser: Browser, **said: str) -> TestResponse:
    return browser.post("/entering", **{"form": str(uuid.uuid4()), **TOLD, **said})


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account("partner_member"))


def test_what_somebody_told_becomes_a_report_like_any_other(browser: Browser) -> None:
    answer = enter(browser)
    (report,) = reports()
    assert (answer.status_code, answer.location) == (303, f"/entering/done/{report.reference}")
    assert (report.entry_point, report.partner, report.channel) == ("ke-health", "cedc", "staff")
    assert (report.problem_type, report.area, report.language) == ("ke-health/no-drugs", "KE-04", "sw")
    assert [message.body for message in rows(IncomingMessage)] == [f"{TOLD['words']}\nMatayos"]
    page = browser.get(answer.location).text
    assert report.reference in page
    assert f"/inbox/{report.reference}" in page


def test_the_timeline_says_who_entered_it_and_when_it_was_told(browser: Browser) -> None:
    enter(browser)
    (report,) = reports()
    line = next(event for event in rows(Event) if event.kind == "entered")
    assert line.by.startswith("cedc: ")
    page = browser.get(f"/inbox/{report.reference}").text
    assert "Entered on the person&#39;s behalf" in page
    assert "Entered by staff" in page


def test_what_belongs_elsewhere_goes_there_and_the_worker_still_gets_the_reference(browser: Browser) -> None:
    answer = enter(browser, about="water-sanitation", problem="", words="The borehole is dry.")
    (report,) = reports()
    assert report.entry_point == "ke-water-sanitation"
    page = browser.get(answer.location).text
    assert report.reference in page
    assert f"/inbox/{report.reference}" not in page
    assert browser.get(f"/inbox/{report.reference}").status_code == 404


def test_where_nobody_says_what_it_is_about_its_words_do(browser: Browser) -> None:
    enter(browser, about="", problem="", area="", words="no drugs at the dispensary in Busia")
    enter(browser, about="other", problem="", words="The road is gone.")
    assert {report.entry_point for report in reports()} == {"ke-health", None}


def test_with_a_number_the_person_gets_one_acknowledgment_and_notice_in_their_language(
    browser: Browser,
) -> None:
    number = a_number()
    enter(browser, number=number.replace("+254", "0"), agreed="yes")
    (report,) = reports()
    assert [(one.purpose, one.language) for one in all_messages_out()] == [
        ("acknowledgment", "sw"),
        ("privacy_notice", "sw"),
    ]
    assert report.reference in messages_out()[0].body
    assert messages_out()[0].channel.split("-")[1] == "sms"
    assert number[4:] not in browser.get(f"/inbox/{report.reference}").text


def test_without_a_number_nothing_is_sent(browser: Browser) -> None:
    enter(browser)
    assert all_messages_out() == []
    assert rows(Contact) == []


@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        ({"number": "0711000000"}, "agreed", "only be kept if the person agreed"),
        ({"number": "12", "agreed": "yes"}, "number", "no phone number"),
        ({"words": " ", "problem": ""}, "words", "Write what the person told you"),
        ({"words": "x" * 2001}, "words", "1 characters too long"),
        ({"area": "GH-AA"}, "area", "no such area"),
        ({"problem": "gh-mining/pit"}, "problem", "no such problem"),
        ({"about": "roads"}, "about", "no such entry point"),
        ({"language": "fr"}, "language", "Choose one of: en, sw"),
        ({"heard_on": "31.3.2026"}, "heard_on", "2026-03-31"),
        ({"heard_on": "2020-01-01"}, "heard_on", "within the last year"),
        ({"heard_on": "2999-01-01"}, "heard_on", "within the last year"),
    ],
)
def test_what_cannot_be_filed_is_said_beside_its_field_and_nothing_is_kept(
    browser: Browser, said: dict[str, str], field: str, message: str
) -> None:
    answer = enter(browser, **said)
    assert (answer.status_code, message in answer.text) == (422, True)
    assert f'id="{field}-wrong"' in answer.text
    assert reports() == []
    assert rows(IncomingMessage) == []


def test_a_form_sent_twice_is_one_report(browser: Browser) -> None:
    number = str(uuid.uuid4())
    first, again = enter(browser, form=number), enter(browser, form=number)
    assert first.location == again.location
    assert len(reports()) == 1


def test_the_same_number_and_matter_today_is_asked_about_first(browser: Browser) -> None:
    number = a_number()
    enter(browser, number=number, agreed="yes")
    asked = enter(browser, number=number, agreed="yes")
    assert (asked.status_code, "has reported the same today" in asked.text) == (409, True)
    assert "The dispensary has had no drugs" in asked.text
    assert len(reports()) == 1
    assert enter(browser, number=number, agreed="yes", problem="").status_code == 303
    assert enter(browser, number=number, agreed="yes", anyway="yes").status_code == 303
    assert len(reports()) == 3


def test_a_text_message_of_the_same_matter_counts_too(browser: Browser) -> None:
    number = a_number()
    texted = a_report("no drugs at the dispensary", sender=number)
    asked = enter(browser, number=number, agreed="yes", problem=texted.problem_type or "")
    assert asked.status_code == 409


def test_the_time_to_answer_counts_from_the_day_on_which_it_was_told(browser: Browser) -> None:
    day = (datetime.now(UTC) - timedelta(days=5)).date()
    enter(browser, heard_on=day.isoformat())
    (report,) = reports()
    assert report.counted_from.date() == day
    assert report.created_at.date() == datetime.now(UTC).date()


def test_who_does_not_triage_enters_nothing(app: Flask) -> None:
    assert Browser(app).sign_in(an_account("reviewer")).get("/entering").status_code == 403
    desk = Browser(app).sign_in(an_account("desk"))
    assert enter(desk).status_code == 303
    assert [report.partner for report in reports()] == ["cedc"]


def test_the_form_offers_the_worker_s_own_entry_point_first(browser: Browser) -> None:
    page = browser.get("/entering").text
    assert page.index('value="health"') < page.index('value="water-sanitation"')
