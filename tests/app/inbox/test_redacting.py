"""Names and numbers are blacked out in a person's words everywhere; a lead opens the original with a reason, or
puts it back."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from app.database import transaction
from app.intake.erasing import take_words_back
from app.reports.models import Report
from app.reports.redacting import BLACK, NotTheSame, blacked_out, numbers_in
from app.reports.sealed import SealedReading, SealedText
from app.viewer import INTAKE, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.bulks import post
from tests.app.reports.sealed_world import ELSEWHERE, MEMBER, seen_by, tables_with
from tests.builders.accounts import an_account
from tests.builders.reports import BEATEN, a_report, a_sensitive_report
from tests.builders.stored import events, messages_in, rows
from tests.conftest import Database

TOLD = "no drugs at the dispensary, ask Redcanary Otieno on 0712 345 678"
MARKED = TOLD.replace("Redcanary Otieno", "[[Redcanary Otieno]]")


def browser_of(app: Flask, role: str = "partner_lead", partner: str = "cedc") -> Browser:
    return Browser(app).sign_in(an_account(role, partner))


def do(browser: Browser, report: Report, rest: str = "", **fields: object):
    (message,) = (one.id for one in messages_in() if one.report_id == report.id)
    return post(browser, f"/inbox/{report.reference}/messages/{message}{rest}", form=str(uuid.uuid4()), **fields)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("call 0712 345 678 or +254-711-222333.", ("0712 345 678", "+254-711-222333")),
        ("my card is GHA-123456789-0", ("GHA-123456789-0",)),
        ("id 29123456, since 2023, 40 bags at 3,200", ("29123456",)),
        ("no drugs for 3 weeks", ()),
    ],
)
def test_what_looks_like_somebodys_number_is_offered(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(text) == numbers


def test_what_is_marked_and_chosen_is_hidden_and_nothing_else_may_change() -> None:
    assert blacked_out("Ama said 0712345678", "[[Ama]] said 0712345678", ("0712345678",)) == f"{BLACK} said {BLACK}"
    with pytest.raises(NotTheSame):
        blacked_out("Ama said so", "[[Ama]] said no", ())


def test_it_is_hidden_everywhere_and_the_original_is_for_leads(app: Flask, database: Database) -> None:
    report, member = a_report(TOLD), browser_of(app, "partner_member")
    assert "0712 345 678" in do_get(member, report)
    assert do(member, report, marked=MARKED, number="0712 345 678").status_code == 303
    assert tables_with(database, "Redcanary") == set()
    assert messages_in()[0].body == f"no drugs at the dispensary, ask {BLACK} on {BLACK}"
    shown = member.get(f"/inbox/{report.reference}").text
    assert (BLACK in shown, "Redcanary" in shown) == (True, False)
    assert report.reference not in member.get("/inbox?q=Redcanary").text
    assert do(member, report, "/original", reason="I am curious").status_code == 422
    assert do(member, report, "/restore", reason="I am curious").status_code == 422
    lead = browser_of(app)
    assert do(lead, report, "/original", reason=" ").status_code == 422
    assert "Redcanary" in do(lead, report, "/original", reason="to call him").text
    assert [line.detail["reason"] for line in events() if line.kind == "original_read"] == ["to call him"]
    assert [one.what for one in rows(SealedReading)] == ["original"]


def do_get(browser: Browser, report: Report) -> str:
    return browser.get(f"/inbox/{report.reference}/messages/{messages_in()[0].id}").text


def test_raw_sql_shows_no_original_to_a_member(app: Flask, database: Database) -> None:
    report = a_sensitive_report(f"{BEATEN} said Redcanary")
    lead = browser_of(app, partner="wacam")
    assert do(lead, report, marked=f"{BEATEN} said [[Redcanary]]").status_code == 303
    assert [seen_by(database, viewer, "sealed_text") for viewer in (MEMBER, ELSEWHERE)] == [0, 0]
    assert {one.kind for one in rows(SealedText)} == {"message", "original"}
    assert "Redcanary" not in lead.get(f"/inbox/{report.reference}").text


def test_more_is_hidden_later_and_the_first_words_come_back(app: Flask) -> None:
    report, lead = a_report(TOLD), browser_of(app)
    do(lead, report, marked=MARKED)
    again = messages_in()[0].body.replace("dispensary", "[[dispensary]]")
    assert do(browser_of(app, "partner_member"), report, marked=again).status_code == 303
    assert do(lead, report, "/restore", reason="too much is hidden").status_code == 303
    assert (messages_in()[0].body, messages_in()[0].redacted_at, rows(SealedText)) == (TOLD, None, [])


@pytest.mark.parametrize("marked", ["", TOLD, f"{TOLD} and more", TOLD.replace("no", "[[no]] all")])
def test_what_hides_nothing_or_says_something_else_is_refused(app: Flask, marked: str) -> None:
    report, lead = a_report(TOLD), browser_of(app)
    assert do(lead, report, marked=marked).status_code == 422
    assert messages_in()[0].body == TOLD


def test_taking_words_back_takes_the_original(app: Flask) -> None:
    report = a_report(TOLD)
    do(browser_of(app), report, marked=MARKED)
    with acting_as(INTAKE), transaction() as session:
        take_words_back(session, session.get_one(Report, report.id))
    assert rows(SealedText) == []


def test_who_may_not_read_the_report_hides_nothing(app: Flask) -> None:
    sealed, other = a_sensitive_report(), a_report(TOLD)
    assert do(browser_of(app, "partner_member", "wacam"), sealed, marked=f"[[{BEATEN}]]").status_code == 404
    assert do(browser_of(app, "partner_lead", "wacam"), other, marked=MARKED).status_code == 404
