"""What staff do to a report: once, in order, on the timeline, and told to the person."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import transaction
from app.inbox.acts import LONGEST_NOTE, LONGEST_REASON, LONGEST_REPLY
from app.outbox.models import OutgoingMessage
from app.reports.lifecycle import BY_STAFF
from app.reports.models import Answer, Event, Report
from app.viewer import INTAKE, acting_as
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account
from tests.builders.reports import a_report


def form() -> str:
    return str(uuid.uuid4())


def stored(model: type, report: Report) -> list:
    """The oldest first."""
    moment = model.created_at if hasattr(model, "created_at") else model.at
    with acting_as(INTAKE), transaction() as session:
        return list(session.scalars(select(model).where(model.report_id == report.id).order_by(moment)))


def events(report: Report) -> list[str]:
    return [event.kind for event in sorted(stored(Event, report), key=lambda event: event.id)]


def told(report: Report) -> list[str]:
    """What the person was sent since the acknowledgment, and the notice that follows the first of them."""
    by_itself = ("acknowledgment", "privacy_notice")
    return [message.body for message in stored(OutgoingMessage, report) if message.purpose not in by_itself]


def status_of(report: Report) -> str:
    with acting_as(INTAKE), transaction() as session:
        return session.get_one(Report, report.id).status


def move(browser: Browser, report: Report, to: str, was: str = "new", reason: str = "", number: str = "") -> int:
    answer = browser.post(
        f"/inbox/{report.reference}/status", form=number or form(), was=was, status=to, reason=reason
    )
    return answer.status_code


def test_a_new_status_is_stored_noted_and_told(app: Flask) -> None:
    report, account = a_report(), an_account()
    assert move(Browser(app).sign_in(account), report, "acknowledged", reason="Calling tomorrow") == 303
    assert status_of(report) == "acknowledged"
    [_, change] = stored(Event, report)
    assert (change.by, change.account_id) == (f"cedc: {account.name}", account.id)
    assert change.detail | {"form": ""} == {
        "old": "new",
        "new": "acknowledged",
        "reason": "Calling tomorrow",
        "form": "",
    }
    assert told(report) == [f"{report.reference}: a person has taken it up. For no more messages: STOP"]


@pytest.mark.parametrize("old", BY_STAFF)
def test_the_page_offers_the_moves_that_are_allowed(app: Flask, old: str) -> None:
    report = a_report(status=old)
    page = Browser(app).sign_in(an_account()).get(f"/inbox/{report.reference}").text
    offered = {status for status in BY_STAFF if f'name="status" value="{status}"' in page}
    assert offered == set(BY_STAFF[old])


@pytest.mark.parametrize(("old", "to"), [("new", "closed"), ("new", "confirmed"), ("closed", "new"), ("new", "x")])
def test_a_move_that_is_not_allowed_changes_nothing(app: Flask, old: str, to: str) -> None:
    report = a_report(status=old)
    assert move(Browser(app).sign_in(an_account()), report, to, was=old, reason="because") == 422
    assert (status_of(report), events(report), told(report)) == (old, ["filed"], [])


def test_a_duplicate_is_made_by_merging_and_by_no_form_of_a_status(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    fields = {"form": form(), "was": "new", "status": "duplicate", "reason": "Same as KE-7F3K9QX"}
    answer = browser.post(f"/inbox/{report.reference}/status", **fields)
    assert (answer.status_code, "Merge it with the report that it repeats" in answer.text) == (422, True)
    assert (status_of(report), told(report)) == ("new", [])


@pytest.mark.parametrize("to", ["not_a_report"])
def test_an_end_needs_a_reason(app: Flask, to: str) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    answer = browser.post(f"/inbox/{report.reference}/status", form=form(), was="new", status=to, reason="  ")
    assert answer.status_code == 422
    assert "Give a reason for this status." in answer.text
    assert status_of(report) == "new"
    assert move(browser, report, to, reason="Same as KE-7F3K9QX") == 303
    assert status_of(report) == to


def test_a_form_opened_before_somebody_else_acted_is_refused_in_plain_words(app: Flask) -> None:
    report, first, second = a_report(), Browser(app).sign_in(an_account()), Browser(app).sign_in(an_account())
    assert move(first, report, "acknowledged") == 303
    answer = second.post(
        f"/inbox/{report.reference}/status",
        form=form(),
        was="new",
        status="needs_information",
        reason="Which ward?",
    )
    assert answer.status_code == 409
    assert "Somebody changed this report while you had it open" in answer.text
    assert "Which ward?" in answer.text
    assert status_of(report) == "acknowledged"


def test_a_note_is_on_the_timeline_and_nobody_is_told(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    path = f"/inbox/{report.reference}"
    answer = browser.post(f"{path}/note", form=form(), note="Called the clinic.\r\nNo stock since May.")
    assert answer.location == f"{path}?done=note"
    assert events(report) == ["filed", "note"]
    assert told(report) == []
    assert "Called the clinic.\nNo stock since May." in browser.get(path).text


def test_a_reply_is_kept_and_the_person_gets_only_word_of_it(app: Flask) -> None:
    report, account = a_report(), an_account()
    browser = Browser(app).sign_in(account)
    notice = f"You have an answer to {report.reference}. Reply READ"
    assert notice in browser.get(f"/inbox/{report.reference}").text
    browser.post(f"/inbox/{report.reference}/reply", form=form(), reply="Drugs come on Monday")
    [answer] = stored(Answer, report)
    assert (answer.body, answer.by) == ("Drugs come on Monday", f"cedc: {account.name}")
    assert events(report) == ["filed", "answered"]
    assert told(report) == [notice]
    page = browser.get(f"/inbox/{report.reference}").text
    assert "Drugs come on Monday" in page
    assert "The person has not asked to read it yet" in page


def test_a_reply_to_somebody_who_cannot_be_reached_is_kept_and_the_page_says_so(app: Flask) -> None:
    report = a_report(answerable=False)
    browser = Browser(app).sign_in(an_account())
    assert "No message can be sent for this report." in browser.get(f"/inbox/{report.reference}").text
    browser.post(f"/inbox/{report.reference}/reply", form=form(), reply="We come on Monday")
    assert [answer.body for answer in stored(Answer, report)] == ["We come on Monday"]
    assert told(report) == []


@pytest.mark.parametrize(("act", "said"), [("note", "Write the note first."), ("reply", "Write the reply first.")])
@pytest.mark.parametrize("text", ["", "   ", "\n\t \r\n", "\x00\u202e"])
def test_nothing_is_stored_of_a_blank_form(app: Flask, act: str, said: str, text: str) -> None:
    report = a_report()
    answer = Browser(app).sign_in(an_account()).post(f"/inbox/{report.reference}/{act}", form=form(), **{act: text})
    assert answer.status_code == 422
    assert answer.text.index("There is a problem") < answer.text.index("<h1>")
    assert f'href="#{act}">{said}' in answer.text
    assert (events(report), told(report)) == (["filed"], [])


@pytest.mark.parametrize(
    ("act", "name", "most"),
    [("note", "note", LONGEST_NOTE), ("reply", "reply", LONGEST_REPLY), ("status", "reason", LONGEST_REASON)],
)
def test_a_text_that_is_too_long_is_given_back_whole(app: Flask, act: str, name: str, most: int) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    path, rest = f"/inbox/{report.reference}/{act}", {"was": "new", "status": "acknowledged"}
    answer = browser.post(path, form=form(), **{**rest, name: "ü" * (most + 2)})
    assert answer.status_code == 422
    assert "This is 2 characters too long." in answer.text
    assert "ü" * (most + 2) in answer.text
    assert events(report) == ["filed"]
    assert browser.post(path, form=form(), **{**rest, name: "ü" * most}).status_code == 303


ACTS: dict[str, Callable[[Browser, Report, str], int]] = {
    "status": lambda browser, report, number: move(browser, report, "acknowledged", number=number),
    "note": lambda browser, report, number: (
        browser.post(f"/inbox/{report.reference}/note", form=number, note="once").status_code
    ),
    "answered": lambda browser, report, number: (
        browser.post(f"/inbox/{report.reference}/reply", form=number, reply="once").status_code
    ),
}


@pytest.mark.parametrize("kind", ACTS)
def test_a_form_sent_twice_acts_once_and_both_times_looks_done(app: Flask, kind: str) -> None:
    report, browser, number = a_report(), Browser(app).sign_in(an_account()), form()
    assert [ACTS[kind](browser, report, number) for _ in range(2)] == [303, 303]
    assert events(report) == ["filed", kind]
    assert len(told(report)) == (kind != "note")


@pytest.mark.parametrize("kind", ACTS)
def test_a_form_sent_eight_times_at_once_acts_once(app: Flask, kind: str) -> None:
    report, number = a_report(), form()
    account = an_account()
    browsers = [Browser(app).sign_in(account) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda browser: ACTS[kind](browser, report, number), browsers))
    assert answers == [303] * 8
    assert events(report) == ["filed", kind]


@pytest.mark.parametrize("act", ["status", "note", "reply"])
@pytest.mark.parametrize("number", ["", "1", "not-a-number", "\x00"])
def test_a_form_without_a_number_of_its_own_is_refused(app: Flask, act: str, number: str) -> None:
    report = a_report()
    answer = Browser(app).sign_in(an_account()).post(f"/inbox/{report.reference}/{act}", form=number, note="x")
    assert answer.status_code == 400


@pytest.mark.parametrize("act", ["status", "note", "reply"])
def test_another_partner_s_report_cannot_be_acted_on_and_looks_unknown(app: Flask, act: str) -> None:
    report = a_report()
    browser = Browser(app).sign_in(an_account(partner="cedgg"))
    fields = {"form": form(), "was": "new", "status": "acknowledged", "note": "x", "reply": "x"}
    foreign = browser.post(f"/inbox/{report.reference}/{act}", **fields)
    unknown = browser.post(f"/inbox/KE-0000000/{act}", **fields)
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert (events(report), status_of(report)) == (["filed"], "new")


def test_an_act_that_fails_half_way_leaves_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    monkeypatch.setattr("app.inbox.acts.tell_update", lambda *_: 1 / 0)
    monkeypatch.setattr(app, "testing", False)
    assert move(browser, report, "acknowledged") == 500
    assert (status_of(report), events(report), told(report)) == ("new", ["filed"], [])
