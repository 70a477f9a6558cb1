"""Whoever has opened their report reads the answer, writes more, takes the words back, and closes it."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from app.channels.web import brakes, passes
from app.database import transaction
from app.reports.models import Answer
from app.viewer import INTAKE, acting_as
from tests.app.channels.web.tracker import answer_comes, arrive, both_browsers, opened, reported
from tests.app.channels.web.visitor import Visitor, forms, heading
from tests.builders.reports import a_number
from tests.builders.stored import events, messages_in, reports, rows


@both_browsers
def test_an_answer_is_read_by_opening_the_report(app: Flask, keeps_cookies: bool) -> None:
    reference, secret = reported(app)
    answer_comes("The store delivers on Thursday.")
    page = opened(Visitor(app, keeps_cookies=keeps_cookies), reference, secret)
    assert "The store delivers on Thursday." in page.text
    assert [answer.read_at is not None for answer in rows(Answer)] == [True]
    assert [event.kind for event in events()] == ["filed", "answer_read"]


def test_a_get_changes_nothing_a_new_answer_waits_for_a_button(app: Flask) -> None:
    visitor = Visitor(app, keeps_cookies=True)
    opened(visitor, *reported(app))
    answer_comes("The store delivers on Thursday.")
    page = visitor.get("/track")
    assert ("There is a new answer for you." in page.text, "Thursday" in page.text) == (True, False)
    assert [answer.read_at for answer in rows(Answer)] == [None]
    assert "Thursday" in arrive(visitor, visitor.fill_in(page, "/track/read")).text


@both_browsers
def test_more_words_become_a_message_of_the_report(app: Flask, keeps_cookies: bool) -> None:
    visitor = Visitor(app, keeps_cookies=keeps_cookies)
    page = opened(visitor, *reported(app))
    page = arrive(visitor, visitor.fill_in(page, "/track/write", words="It is the clinic by the market."))
    assert "Your message is kept. Community Empowerment and Development Center reads it." in page.text
    (report,) = reports()
    assert [message.body for message in messages_in()][1:] == ["It is the clinic by the market."]
    assert {message.report_id for message in messages_in()} == {report.id}
    assert [(event.kind, event.by) for event in events()] == [("filed", "intake"), ("wrote_more", "intake")]


def test_a_message_sent_twice_is_kept_once(app: Flask) -> None:
    visitor = Visitor(app)
    page = opened(visitor, *reported(app))
    for _ in range(3):
        assert visitor.fill_in(page, "/track/write", words="by the market").status_code == 200
    assert len(messages_in()) == 2
    assert len(events()) == 2


@pytest.mark.parametrize(("words", "message"), [(" \n", "Write something first."), ("x" * 2001, "Leave out 1 ")])
def test_a_message_that_cannot_be_kept_is_explained(app: Flask, words: str, message: str) -> None:
    visitor = Visitor(app)
    page = visitor.fill_in(opened(visitor, *reported(app)), "/track/write", words=words)
    assert (page.status_code, message in page.text, words.strip() in page.text) == (422, True, True)
    assert visitor.fill_in(page, "/track/write", words="short").status_code == 200


def test_a_form_without_its_number_is_refused(app: Flask) -> None:
    visitor = Visitor(app)
    hidden = forms(opened(visitor, *reported(app)))[0].hidden
    assert visitor.post("/track/write", **(hidden | {"form": "x"}), words="by the market").status_code == 400


def test_messages_have_a_brake(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brakes, "WRITE", brakes.Brake("write", 2))
    visitor = Visitor(app)
    page = opened(visitor, *reported(app))
    hidden = next(form for form in forms(page) if form.action == "/track/write").hidden
    statuses = [
        visitor.post("/track/write", **(hidden | {"form": str(uuid.uuid4())}), words="more").status_code
        for _ in range(3)
    ]
    assert statuses == [200, 200, 429]
    assert len(messages_in()) == 3


@pytest.mark.parametrize("status", ["needs_information", "resolved", "closed", "not_a_report"])
def test_every_state_is_said_in_plain_words_with_what_comes_next(app: Flask, status: str) -> None:
    reference, secret = reported(app)
    (report,) = reports()
    with acting_as(INTAKE), transaction() as session:
        session.merge(report).status = status
    text = opened(Visitor(app), reference, secret).text
    assert status not in text.replace("closed on", "") or status == "closed"
    assert ("below" in text) == (status != "closed")


def test_closing_the_report_ends_it_on_this_device(app: Flask) -> None:
    visitor = Visitor(app, keeps_cookies=True)
    page = opened(visitor, *reported(app))
    left = arrive(visitor, visitor.fill_in(page, "/track/leave"))
    assert ("The report is closed on this phone." in left.text, heading(left)) == (True, "Look at your report")
    assert heading(visitor.get("/track")) == "Look at your report"


@both_browsers
def test_after_half_an_hour_the_secret_is_asked_for_again(
    app: Flask, keeps_cookies: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(app, keeps_cookies=keeps_cookies)
    page = opened(visitor, *reported(app))
    later = passes.time.time() + passes.LASTS + 5
    monkeypatch.setattr("app.channels.web.passes.time.time", lambda: later)
    late = visitor.fill_in(page, "/track/write", words="too late")
    assert (late.status_code, "Your time here ran out." in late.text) == (403, True)
    assert heading(visitor.get("/track")) == "Look at your report"
    assert len(messages_in()) == 1


@pytest.mark.parametrize("action", ["read", "write", "delete"])
@pytest.mark.parametrize("forged", ["", "x", "YWJj", "é"])
def test_nothing_is_done_without_a_pass(app: Flask, action: str, forged: str) -> None:
    reported(app)
    data = {"pass": forged, "words": "x", "sure": "yes", "form": str(uuid.uuid4())}
    assert Visitor(app).post(f"/track/{action}", **data).status_code == 403
    assert len(messages_in()) == len(events()) == 1


def test_the_cookie_alone_acts_on_nothing(app: Flask) -> None:
    visitor = Visitor(app, keeps_cookies=True)
    opened(visitor, *reported(app))
    assert visitor.post("/track/delete", sure="yes").status_code == 403
    assert "malaria" in messages_in()[0].body


@both_browsers
def test_words_can_be_taken_back_after_one_question(app: Flask, keeps_cookies: bool) -> None:
    visitor = Visitor(app, keeps_cookies=keeps_cookies)
    reference, secret = reported(app, contact={"contact": "text", "number": a_number()})
    asked = visitor.fill_in(opened(visitor, reference, secret), "/track/delete")
    assert heading(asked) == "Do you want to take your words back?"
    assert "malaria" in messages_in()[0].body
    page = arrive(visitor, visitor.fill_in(asked, "/track/delete"))
    (message,), (report,) = messages_in(), reports()
    assert "Your words are deleted." in page.text
    assert message.body == "[The person took these words back.]"
    assert (message.contact_id, report.contact_id, report.answerable) == (None, None, False)
    assert (report.entry_point, report.area) == ("ke-health", "KE-04")
    assert events()[-1].kind == "words_taken_back"


def test_who_thinks_again_keeps_the_words(app: Flask) -> None:
    visitor = Visitor(app)
    asked = visitor.fill_in(opened(visitor, *reported(app)), "/track/delete")
    assert visitor.fill_in(asked, "/track/read").status_code == 200
    assert "malaria" in messages_in()[0].body
