"""A number is shown once, to who may see the report, has said why and proved who they are; and never unnoticed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from html import unescape

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.models import Account, SignInSession
from app.database import SAY_WHO, transaction, who
from app.inbox.revealing import DAILY
from app.reports.models import Contact, Report
from app.reports.reveals import ContactReveal, open_number
from app.viewer import SIGN_IN, WORKER, Viewer, acting_as
from tests.app.access.browser import Browser
from tests.builders.accounts import PASSWORD, an_account
from tests.builders.reports import a_report, say
from tests.builders.stored import events, rows
from tests.conftest import Database

NUMBER = "+254711999888"


@pytest.fixture
def report(app: Flask) -> Report:
    return a_report(sender=NUMBER)


def reveal(
    browser: Browser, report: Report, why: str = "asked", words: str = "", form: str = ""
) -> tuple[int, str]:
    fields = {"form": form or str(uuid.uuid4()), "why": why, "reveal_reason": words}
    answer = browser.post(f"/inbox/{report.reference}/number", **fields)
    return answer.status_code, unescape(answer.text)


def lines() -> list[ContactReveal]:
    return rows(ContactReveal, ContactReveal.id)


def signed_in(app: Flask, account: Account | None = None) -> Browser:
    return Browser(app).sign_in(account or an_account())


def test_it_is_shown_once_with_a_reason_and_written_down_without_the_number(app: Flask, report: Report) -> None:
    account, form = an_account("partner_member"), str(uuid.uuid4())
    browser = signed_in(app, account)
    assert NUMBER not in browser.get(f"/inbox/{report.reference}").text
    answer = browser.post(
        f"/inbox/{report.reference}/number", form=form, why="other", reveal_reason="They asked me."
    )
    assert answer.status_code == 200
    assert NUMBER in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert reveal(browser, report, form=form)[0] == 303
    (line,) = lines()
    said = (line.report_id, line.reference, line.account_id, line.place, line.why, line.reason, line.contact_id)
    assert said == (report.id, report.reference, account.id, "cedc", "other", "They asked me.", None)
    page = unescape(browser.get(f"/inbox/{report.reference}").text)
    assert "Number of the person shown" in page
    assert "They asked me." in page
    assert NUMBER not in page
    assert NUMBER not in str([event.detail for event in events()])


def test_without_a_reason_nothing_is_shown(app: Flask, report: Report) -> None:
    browser = signed_in(app)
    for why, words in (("", ""), ("x", "x"), ("other", "  "), ("asked", "x" * 501)):
        status, page = reveal(browser, report, why, words)
        assert (status, NUMBER in page) == (422, False)
    assert lines() == []


def test_who_proved_themselves_long_ago_is_asked_first(app: Flask, report: Report) -> None:
    browser = signed_in(app)
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(update(SignInSession).values(proved_at=SignInSession.proved_at - timedelta(minutes=11)))
    status, page = reveal(browser, report)
    assert (status, NUMBER in page, lines()) == (403, False, [])
    fields = {"form": str(uuid.uuid4()), "why": "asked", "proof_password": PASSWORD}
    assert NUMBER in browser.post(f"/inbox/{report.reference}/number", **fields).text


@pytest.mark.parametrize("role", ["partner_lead", "desk", "reviewer", "administrator"])
def test_who_does_not_work_on_the_report_sees_nothing(app: Flask, report: Report, role: str) -> None:
    status, page = reveal(signed_in(app, an_account(role, partner="cedgg")), report)
    assert (status in (403, 404), NUMBER in page, lines()) == (True, False, [])


def test_there_is_none_for_who_had_everything_erased(app: Flask, report: Report) -> None:
    for text in ("DELETE", "1"):
        say(text, sender=NUMBER)
    browser = signed_in(app)
    assert "There is no number for this report." in browser.get(f"/inbox/{report.reference}").text
    assert reveal(browser, report)[0] == 422
    assert lines() == []


def test_who_asked_to_be_called_is_treated_the_same(app: Flask, report: Report) -> None:
    say("CALL ME", sender=NUMBER)
    browser = signed_in(app)
    assert NUMBER not in browser.get(f"/inbox/{report.reference}").text
    assert NUMBER in reveal(browser, report)[1]


def test_a_day_has_a_quota_for_each_person(app: Flask, report: Report) -> None:
    browser = signed_in(app)
    for left in reversed(range(DAILY)):
        status, page = reveal(browser, report)
        assert (status, f"You can have {left} more shown today." in page) == (200, True)
    status, page = reveal(browser, report)
    assert (status, NUMBER in page) == (422, False)
    assert "More are possible tomorrow." in page
    assert reveal(signed_in(app), report)[0] == 200
    with acting_as(WORKER), transaction() as session:
        session.execute(update(ContactReveal).values(at=ContactReveal.at - timedelta(days=1)))
    assert reveal(browser, report)[0] == 200


def test_leads_and_administrators_see_who_had_which_shown(app: Flask, report: Report) -> None:
    member = signed_in(app, an_account("partner_member"))
    reveal(member, report, "other", "She asked me to.")
    for account in (an_account(), an_account("administrator")):
        page = signed_in(app, account).get("/numbers-shown").text
        assert all(words in page for words in (report.reference, "She asked me to.", "partner_member"))
        assert NUMBER not in page
    assert "She asked me to." not in signed_in(app, an_account(partner="cedgg")).get("/numbers-shown").text
    assert [signed_in(app, an_account(role)).get("/numbers-shown").status_code for role in ("reviewer",)] == [403]
    assert member.get("/numbers-shown").status_code == 403


@pytest.mark.parametrize(
    ("role", "is_led_there"), [("administrator", True), ("desk", True), ("partner_member", False)]
)
def test_the_team_s_page_leads_those_there_who_may_see_it(app: Flask, role: str, is_led_there: bool) -> None:
    page = signed_in(app, an_account(role)).get("/team").text
    assert ('href="/numbers-shown"' in page) is is_led_there


def test_a_line_opens_once_for_its_own_author_and_for_a_minute(app: Flask, report: Report) -> None:
    author, other = an_account(), an_account()
    line = a_line(report, author)
    assert open_number(line, other.id) is None
    assert open_number(line, author.id) == NUMBER
    assert open_number(line, author.id) is None
    late = a_line(report, author)
    with acting_as(WORKER), transaction() as session:
        session.execute(update(ContactReveal).values(at=ContactReveal.at - timedelta(seconds=61)))
    assert open_number(late, author.id) is None


def test_the_wall_opens_the_one_contact_of_the_line_and_no_other(
    app: Flask, database: Database, report: Report
) -> None:
    author = an_account()
    a_report()
    viewer = Viewer("reveal", account_id=author.id)
    seen = "SELECT count(*) FROM contact"
    with psycopg.connect(database.app_url) as connection:
        connection.execute(SAY_WHO, who(viewer))
        assert connection.execute(seen).fetchone() == (0,)
    a_line(report, author)
    with psycopg.connect(database.app_url) as connection:
        connection.execute(SAY_WHO, who(viewer))
        assert connection.execute(seen).fetchone() == (1,)
        assert connection.execute("UPDATE contact SET notice = 9").rowcount == 0


def test_the_wall_lets_nobody_write_a_line_for_a_contact_of_anothers_report(
    app: Flask, database: Database, report: Report
) -> None:
    author = an_account(partner="cedgg")
    viewer = Viewer("partner_lead", account_id=author.id, partner="cedgg", entry_points=frozenset({"ke-education"}))
    statement = (
        "INSERT INTO contact_reveal (id, report_id, reference, account_id, place, by, why, reason, contact_id)"
        " VALUES (1000000, %s, 'x', %s, 'cedgg', 'x', 'x', '', %s)"
    )
    with psycopg.connect(database.app_url) as connection:
        connection.execute(SAY_WHO, who(viewer))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement, (report.id, author.id, report.contact_id))


def a_line(report: Report, account: Account) -> int:
    with acting_as(WORKER), transaction() as session:
        assert session.scalars(select(Contact).where(Contact.id == report.contact_id)).one()
        line = ContactReveal(
            report_id=report.id,
            reference=report.reference,
            account_id=account.id,
            place="cedc",
            by="x",
            why="asked",
            reason="",
            contact_id=report.contact_id,
        )
        session.add(line)
        session.flush()
        return line.id
