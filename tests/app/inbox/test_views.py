"""Saved views, of one's own and shared, and what is unread."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.models import Account
from app.database import SAY_WHO, transaction, who
from app.inbox.models import SavedView
from app.reports.marks import hear
from app.reports.models import Report
from app.viewer import INTAKE, MIGRATION, Viewer, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.many import statements
from tests.app.inbox.test_list import shown
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.conftest import Database


def save(browser: Browser, name: str, **form: str) -> int:
    return browser.post("/inbox/views", name=name, **form).status_code


def views_shown(browser: Browser) -> list[tuple[str, str]]:
    """Their names with their counts, above the list."""
    nav = browser.get("/inbox?tab=open").text.partition('<nav class="views"')[2].partition("</nav>")[0]
    return re.findall(r"<bdi>([^<]+)</bdi> <b>([^<]+)</b>", nav)


def numbers() -> dict[str, int]:
    with acting_as(MIGRATION), transaction() as session:
        return {view.name: view.id for view in session.scalars(select(SavedView))}


def unread(browser: Browser) -> list[str]:
    return re.findall(r'class="unread" aria-labelledby="r-([^"]+)"', browser.get("/inbox?tab=open").text)


def test_a_view_keeps_filters_and_order_under_a_name_with_its_count(app: Flask) -> None:
    a_report(), a_report(channel="ussd"), a_report("borehole broken no water", channel="ussd")
    browser = Browser(app).sign_in(an_account())
    assert save(browser, "By menu", tab="all", channel="ussd", sort="oldest", status="new") == 303
    assert views_shown(browser) == [("By menu", "1")]
    page = browser.get("/inbox?tab=open").text
    assert 'href="/inbox?tab=all&amp;status=new&amp;channel=ussd&amp;sort=oldest"' in page


def test_a_private_view_is_one_s_own_and_a_shared_one_everybody_s_there(app: Flask) -> None:
    me, colleague = an_account(), an_account("partner_member")
    browser = Browser(app).sign_in(me)
    save(browser, "Mine alone", tab="mine")
    save(browser, "Ours", tab="open", shared="yes")
    assert views_shown(Browser(app).sign_in(colleague)) == [("Ours", "0")]
    assert views_shown(Browser(app).sign_in(an_account(partner="cedgg"))) == []
    assert views_shown(Browser(app).sign_in(an_account("desk"))) == []


def test_a_desk_shares_views_among_its_own(app: Flask) -> None:
    save(Browser(app).sign_in(an_account("desk")), "Unrouted", shared="yes")
    assert views_shown(Browser(app).sign_in(an_account("desk"))) == [("Unrouted", "0")]
    assert views_shown(Browser(app).sign_in(an_account("desk", country="GH"))) == []


@pytest.mark.parametrize(("name", "said"), [(" ", "Give the view a name"), ("x" * 61, "1 characters too long")])
def test_a_view_needs_a_name_that_fits(app: Flask, name: str, said: str) -> None:
    browser = Browser(app).sign_in(an_account())
    answer = browser.post("/inbox/views", name=name, tab="mine")
    assert (answer.status_code, said in answer.text) == (422, True)
    assert '<input type="hidden" name="tab" value="mine">' in answer.text
    assert numbers() == {}


def test_views_stand_in_the_order_that_each_gives_them(app: Flask) -> None:
    browser, colleague = (Browser(app).sign_in(an_account()) for _ in range(2))
    for name in ("First", "Second", "Third"):
        save(browser, name, shared="yes")
    assert browser.post(f"/inbox/views/{numbers()['Third']}/up").status_code == 303
    browser.post(f"/inbox/views/{numbers()['Third']}/up")
    browser.post(f"/inbox/views/{numbers()['Third']}/up")
    assert [name for name, _ in views_shown(browser)] == ["Third", "First", "Second"]
    assert [name for name, _ in views_shown(colleague)] == ["First", "Second", "Third"]


def test_an_inbox_opens_with_the_view_that_was_chosen_until_it_is_gone(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())
    save(browser, "Snoozed by menu", tab="snoozed", channel="ussd")
    number = numbers()["Snoozed by menu"]
    browser.post(f"/inbox/views/{number}/open")
    assert browser.get("/inbox").location == "/inbox?tab=snoozed&channel=ussd"
    assert browser.get("/inbox?tab=open").status_code == 200
    browser.post("/inbox/views/0/open")
    assert browser.get("/inbox").status_code == 200
    browser.post(f"/inbox/views/{number}/open")
    assert browser.post(f"/inbox/views/{number}/delete").status_code == 303
    assert browser.get("/inbox").status_code == 200


@pytest.mark.parametrize(
    ("who", "shared", "status"),
    [
        ("partner_member", "yes", 404),
        ("partner_lead", "yes", 303),
        ("partner_lead", "", 404),
        ("stranger", "yes", 404),
    ],
)
def test_a_view_is_deleted_by_its_author_and_a_shared_one_by_the_lead(
    app: Flask, who: str, shared: str, status: int
) -> None:
    save(Browser(app).sign_in(an_account("partner_member")), "View", shared=shared)
    other = an_account(partner="cedgg") if who == "stranger" else an_account(who)
    assert Browser(app).sign_in(other).post(f"/inbox/views/{numbers()['View']}/delete").status_code == status
    assert ("View" in numbers()) == (status == 404)


def viewer_of(account: Account) -> Viewer:
    return Viewer(account.role, account.id, partner=account.partner, country=account.country)


def test_no_statement_shares_a_view_with_another_partner_or_changes_a_colleague_s(app: Flask, database: Database):
    me, member = an_account(), an_account("partner_member")
    save(Browser(app).sign_in(me), "Ours", shared="yes")
    with psycopg.connect(database.app_url) as connection:
        connection.execute(SAY_WHO, who(viewer_of(member)))
        assert connection.execute("SELECT count(*) FROM saved_view").fetchone() == (1,)
        assert connection.execute("UPDATE saved_view SET name = 'x'").rowcount == 0
        connection.rollback()
        connection.execute(SAY_WHO, who(viewer_of(me)))
        assert connection.execute("UPDATE saved_view SET name = 'x'").rowcount == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE saved_view SET place = 'cedgg'")


def test_a_report_is_unread_until_it_is_opened_and_again_when_the_person_writes(app: Flask) -> None:
    report, other = a_report(), a_report()
    browser, colleague = Browser(app).sign_in(an_account()), Browser(app).sign_in(an_account())
    assert unread(browser) == [other.reference, report.reference]
    browser.get(f"/inbox/{report.reference}")
    browser.get(f"/inbox/{report.reference}")
    assert unread(browser) == [other.reference]
    assert len(unread(colleague)) == 2
    with acting_as(INTAKE), transaction() as session:
        hear(session, session.get_one(Report, report.id))
    assert unread(browser) == [other.reference, report.reference]
    assert shown(browser.get("/inbox?unread=yes").text) == [other.reference, report.reference]


def test_everything_is_read_at_once_and_what_is_a_month_old_counts_as_read(app: Flask) -> None:
    old, new = a_report(), a_report()
    with acting_as(INTAKE), transaction() as session:
        long_ago = datetime.now(UTC) - timedelta(days=31)
        session.execute(update(Report).where(Report.id == old.id).values(said_at=long_ago))
    browser = Browser(app).sign_in(an_account())
    assert unread(browser) == [new.reference]
    assert browser.post("/inbox/views/read", tab="mine").location == "/inbox?tab=mine"
    assert unread(browser) == []
    later = a_report()
    assert unread(browser) == [later.reference]


def test_views_and_marks_of_what_is_unread_cost_no_further_statement(app: Flask) -> None:
    a_report(), a_report()
    browser = Browser(app).sign_in(an_account())
    for name in ("First", "Second", "Third"):
        save(browser, name, status="closed", channel="sms")
    browser.get("/inbox?tab=open")
    with statements() as seen:
        browser.get("/inbox?tab=open")
    assert len(seen) <= 5, "\n".join(seen)
