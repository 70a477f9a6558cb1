"""Who works on a report: taken, given, put back, and told on the timeline."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.access.accounts import disable
from app.access.models import Account
from app.database import transaction
from app.inbox.bulk.running import run
from app.reports.models import Report
from app.viewer import COMMAND, SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.bulks import ask, now_of, work
from tests.app.inbox.test_list import shown
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import events


def give(browser: Browser, report: Report, to: Account | str, form: str | None = None) -> int:
    key = to if isinstance(to, str) else str(to.id)
    path = f"/inbox/{report.reference}/assign"
    return browser.post(path, form=form or str(uuid.uuid4()), to=key).status_code


def a_disabled_colleague() -> Account:
    account = an_account()
    disable(account.email)
    return account


def test_somebody_takes_a_report_and_it_is_theirs(app: Flask) -> None:
    me, report = an_account(), a_report()
    browser = Browser(app).sign_in(me)
    assert give(browser, report, me) == 303
    a_report()
    assert shown(browser.get("/inbox?tab=mine").text) == [report.reference]
    assert report.reference not in browser.get("/inbox?tab=unassigned").text
    assert f"Given to {me.name}" in browser.get(f"/inbox/{report.reference}").text


def test_a_report_is_given_to_a_colleague_and_put_back(app: Flask) -> None:
    me, colleague, report = an_account(), an_account("partner_member"), a_report()
    browser = Browser(app).sign_in(me)
    give(browser, report, colleague)
    assert shown(Browser(app).sign_in(colleague).get("/inbox?tab=mine").text) == [report.reference]
    assert "Taken" in browser.get("/inbox").text
    give(browser, report, "")
    assert shown(browser.get("/inbox?tab=unassigned").text) == [report.reference]
    assert [event.detail["to"] for event in events() if event.kind == "assigned"] == [colleague.name, None]


@pytest.mark.parametrize("stranger", ["another partner", "a desk", "nobody at all", "no number", "disabled"])
def test_a_report_is_given_to_colleagues_alone(app: Flask, stranger: str) -> None:
    keys = {
        "another partner": lambda: an_account(partner="cedgg"),
        "a desk": lambda: an_account("desk"),
        "nobody at all": lambda: "999999",
        "no number": lambda: "1 OR 1=1",
        "disabled": a_disabled_colleague,
    }
    report, browser = a_report(), Browser(app).sign_in(an_account())
    assert give(browser, report, keys[stranger]()) == 422
    assert [event.kind for event in events()] == ["filed"]


def confined_to(entry_points: list[str], partner: str = "cedc") -> Account:
    member = an_account("partner_member", partner=partner)
    with acting_as(COMMAND), transaction() as session:
        session.get_one(Account, member.id).entry_points = entry_points
    return member


def test_a_member_who_may_not_open_a_report_is_not_offered_it_nor_stands_in_for_it(app: Flask) -> None:
    me, report = an_account(), a_report()
    elsewhere, here = confined_to(["ke-education"]), confined_to(["ke-health"])
    browser = Browser(app).sign_in(me)
    offered = browser.get(f"/inbox/{report.reference}").text.split('<select id="to"')[1].split("</select>")[0]
    assert here.name in offered
    assert elsewhere.name not in offered
    assert give(browser, report, elsewhere) == 422
    with acting_as(SIGN_IN), transaction() as session:
        away = session.get_one(Account, here.id)
        away.away_from = away.away_until = datetime.now(UTC).date()
        away.away_to = elsewhere.id
    assert give(browser, report, here) == 303
    assert f"Given to {here.name}" in browser.get(f"/inbox/{report.reference}").text


def test_in_a_bulk_act_what_the_colleague_may_not_open_is_left(app: Flask) -> None:
    report, elsewhere = a_report(), confined_to(["ke-education"])
    browser = Browser(app).sign_in(an_account())
    number = ask(browser, [report], to=str(elsewhere.id))
    work(run, number)
    assert "the colleague may not open it" in browser.get(f"/inbox/bulk/{number}").text
    assert now_of(report).assigned_to is None


def test_at_a_desk_the_people_of_that_desk_are_colleagues(app: Flask) -> None:
    me, colleague = an_account("desk"), an_account("desk")
    an_account("desk", country="GH")
    report = a_report("no teacher in the school")
    page = Browser(app).sign_in(me).get(f"/inbox/{report.reference}").text
    offered = page.split('<select id="to"')[1].split("</select>")[0]
    assert offered.count("<option") == 3
    assert f"{me.name} (you)" in page
    assert colleague.name in page


def test_what_another_organisation_works_on_stays_with_it_unless_somebody_takes_it(app: Flask) -> None:
    lead, supporting = an_account(partner="jdpc"), an_account(partner="budgit")
    report = a_report("no drugs at the health centre", "NG")
    give(Browser(app).sign_in(lead), report, lead)
    browser = Browser(app).sign_in(supporting)
    page = browser.get(f"/inbox/{report.reference}").text
    assert "Somebody at another organisation" in page
    assert lead.name not in page.split("Timeline")[0]
    assert give(browser, report, str(lead.id)) == 303
    assert [event.kind for event in events()] == ["filed", "assigned"]
    give(browser, report, supporting)
    assert shown(browser.get("/inbox?tab=mine").text) == [report.reference]


def test_a_form_that_is_sent_twice_counts_once(app: Flask) -> None:
    me, report = an_account(), a_report()
    browser, number = Browser(app).sign_in(me), "6f9619ff-8b86-4011-b42d-00c04fc964ff"
    give(browser, report, me, number)
    give(browser, report, "", number)
    assert shown(browser.get("/inbox?tab=mine").text) == [report.reference]


def test_other_reports_from_the_same_phone_are_shown(app: Flask) -> None:
    sender = "+254711999001"
    first = a_report("no drugs at the dispensary", sender=sender)
    second = a_report("hospital closed in Busia", sender=sender)
    elsewhere = a_report("borehole broken no water", sender=sender)
    a_report("clinic has no nurse")
    page = Browser(app).sign_in(an_account()).get(f"/inbox/{second.reference}").text
    assert first.reference in page.split("From the same phone")[1].split("Timeline")[0]
    assert elsewhere.reference not in page
    assert sender not in page
