"""What is missing is asked for with one click, at most twice; the answer joins the report."""

from __future__ import annotations

import uuid

from flask import Flask

from app.database import transaction
from app.followup.asking_more import send
from app.outbox.models import OutgoingMessage
from app.outbox.queueing import tell
from app.reports.models import Event, IncomingMessage, Report
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.bulks import change, now_of, post, told
from tests.builders.accounts import an_account
from tests.builders.reports import a_number, a_report, say
from tests.builders.stored import events, reports, rows


def ask(browser: Browser, report: Report, what: str = "place", number: str = "") -> int:
    form = number or str(uuid.uuid4())
    return post(browser, f"/inbox/{report.reference}/ask", form=form, what=what).status_code


def send_now() -> None:
    """Send what was asked for, as the worker does; twice, which must make no difference."""
    for event in [one for one in events() if one.kind == "asked_more"] * 2:
        with acting_as(WORKER):
            send(event=event.id)


def words_of(report: Report) -> list[str]:
    return [one.body for one in rows(IncomingMessage, IncomingMessage.received_at) if one.report_id == report.id]


def a_lead(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account())


def test_one_click_asks_in_the_persons_language_and_the_report_waits(app: Flask) -> None:
    report, browser, number = a_report(language="sw"), a_lead(app), str(uuid.uuid4())
    for _again in range(2):
        assert ask(browser, report, number=number) == 303
    send_now()
    assert now_of(report).status == "needs_information"
    [message] = [one for one in rows(OutgoingMessage) if one.purpose == "question"]
    assert (message.language, message.report_id, message.segments) == ("sw", report.id, 1)
    assert message.body.startswith(f"{report.reference}: ")
    assert len(told(report)) == 1, "the question, and no word of the status beside it"
    assert "Asked the person where it is" in browser.get(f"/inbox/{report.reference}").text


def test_the_answer_joins_the_report_and_is_no_new_one(app: Flask) -> None:
    phone = a_number()
    report = a_report(sender=phone)
    ask(a_lead(app), report)
    send_now()
    say("Matayos, behind the market", sender=phone)
    assert words_of(report)[1:] == ["Matayos, behind the market"]
    assert len(reports()) == 1
    assert now_of(report).said_at > report.said_at


def test_what_speaks_of_another_sector_is_another_report(app: Flask) -> None:
    phone = a_number()
    report = a_report(sender=phone)
    ask(a_lead(app), report)
    say("the borehole is broken, no water in Busia", sender=phone)
    assert len(words_of(report)) == 1


def test_nobody_else_s_words_and_none_that_were_not_asked_for_join(app: Flask) -> None:
    phone = a_number()
    report = a_report(sender=phone)
    say("Matayos, behind the market", sender=phone)
    ask(a_lead(app), report)
    say("Matayos, behind the market", sender=a_number())
    assert len(words_of(report)) == 1


def test_after_two_questions_nobody_is_asked_a_third(app: Flask) -> None:
    report, browser = a_report(), a_lead(app)
    for what in ("place", "problem"):
        assert ask(browser, report, what) == 303
    assert ask(browser, report, "words") == 422
    assert "Ask where it is" not in browser.get(f"/inbox/{report.reference}").text
    assert len([one for one in rows(Event) if one.kind == "asked_more"]) == 2


def test_questions_before_it_was_filed_count_too_and_then_only_the_status_is_told(app: Flask) -> None:
    report = a_report()
    with acting_as(WORKER), transaction() as session:
        own = session.get_one(Report, report.id)
        for version in ("a", "b"):
            tell(session, own, "question", version, "What is it about?")
    ask(a_lead(app), report)
    send_now()
    assert told(report)[2:] == [f"{report.reference}: we need to ask you something. For no more messages: STOP"]


def test_who_cannot_be_reached_or_whose_report_is_over_is_not_asked(app: Flask) -> None:
    browser = a_lead(app)
    for report in (a_report(status="closed"), a_report(answerable=False)):
        assert "Ask where it is" not in browser.get(f"/inbox/{report.reference}").text
        assert ask(browser, report) == 422
    other = a_report()
    assert ask(browser, other, "everything") == 422
    change(other, entry_point="ke-water-sanitation")
    assert ask(browser, other) == 404
