"""Who is away is stood in for: what is newly given to them goes to a colleague, and what is open if they like."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from app.access.models import Account
from app.database import transaction
from app.reports.models import Report
from app.viewer import SIGN_IN, WORKER, acting_as
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account
from tests.builders.reports import a_report

TODAY = datetime.now(UTC).date()


def go_away(browser: Browser, to: Account, first: int = 0, last: int = 7, **more: str) -> int:
    days = [(TODAY + timedelta(days=number)).isoformat() for number in (first, last)]
    form = {"from": days[0], "until": days[1], "to": str(to.id), **more}
    return browser.post("/team/absence", **form).status_code


def give(browser: Browser, report: Report, to: Account) -> int | None:
    """Give the report to somebody; returns who has it then."""
    answer = browser.post(f"/inbox/{report.reference}/assign", to=str(to.id), form=str(uuid4()))
    assert answer.status_code == 303, answer.text
    return holder(report)


def holder(report: Report) -> int | None:
    with acting_as(WORKER), transaction() as session:
        return session.get_one(Report, report.id).assigned_to


@pytest.fixture
def team(app: Flask) -> list[Account]:
    return [an_account("partner_member") for _ in range(3)]


def test_new_work_goes_to_who_stands_in_while_somebody_is_away(app: Flask, team: list[Account]):
    away, colleague, third = team
    assert go_away(Browser(app).sign_in(away), colleague) == 303
    browser = Browser(app).sign_in(third)
    assert give(browser, a_report(), away) == colleague.id
    assert "away until" in browser.get("/team").text


@pytest.mark.parametrize(("first", "last"), [(1, 7), (0, 0)])
def test_only_from_the_first_day_to_the_last(app: Flask, team: list[Account], first: int, last: int):
    away, colleague, third = team
    go_away(Browser(app).sign_in(away), colleague, first, last)
    taker = give(Browser(app).sign_in(third), a_report(), away)
    assert taker == (colleague.id if first == 0 else away.id)


def test_who_is_back_gets_work_again(app: Flask, team: list[Account]):
    away, colleague, third = team
    browser = Browser(app).sign_in(away)
    go_away(browser, colleague)
    browser.post("/team/absence/end")
    assert give(Browser(app).sign_in(third), a_report(), away) == away.id


def test_a_chain_is_followed_and_a_circle_is_left_alone(app: Flask, team: list[Account]):
    first, second, third = team
    browser = Browser(app).sign_in(an_account())
    go_away(Browser(app).sign_in(first), second)
    go_away(Browser(app).sign_in(second), third)
    assert give(browser, a_report(), first) == third.id
    go_away(Browser(app).sign_in(third), first)
    assert give(browser, a_report(), first) == first.id


def test_open_reports_go_over_at_once_when_asked_and_the_others_stay(app: Flask, team: list[Account]):
    away, colleague, _third = team
    browser = Browser(app).sign_in(away)
    mine, closed, left = (a_report() for _ in range(3))
    for report in (mine, closed):
        give(browser, report, away)
    with acting_as(WORKER), transaction() as session:
        session.get_one(Report, closed.id).status = "closed"
    assert "1 open report" in browser.get("/team/absence").text
    assert go_away(browser, colleague, hand_over="yes") == 303
    assert [holder(report) for report in (mine, closed, left)] == [colleague.id, away.id, None]
    assert colleague.name in browser.get(f"/inbox/{mine.reference}").text


def test_without_asking_nothing_goes_over(app: Flask, team: list[Account]):
    away, colleague, _third = team
    browser, report = Browser(app).sign_in(away), a_report()
    give(browser, report, away)
    go_away(browser, colleague)
    assert holder(report) == away.id


@pytest.mark.parametrize(
    "change",
    [
        {"from": ""},
        {"until": "soon"},
        {"until": "2020-01-01"},
        {"to": ""},
        {"to": "x"},
        {"to": "٣"},
        {"to": "9" * 40},
    ],
)
def test_what_cannot_be_is_refused(app: Flask, team: list[Account], change: dict[str, str]):
    browser = Browser(app).sign_in(team[0])
    form = {"from": TODAY.isoformat(), "until": TODAY.isoformat(), "to": str(team[1].id)} | change
    assert browser.post("/team/absence", **form).status_code == 422


def test_neither_oneself_nor_a_stranger_nor_who_is_shut_out_stands_in(app: Flask, team: list[Account]):
    away, shut, _third = team
    with acting_as(SIGN_IN), transaction() as session:
        session.get_one(Account, shut.id).disabled_at = datetime.now(UTC)
    browser = Browser(app).sign_in(away)
    for other in (away, shut, an_account(partner="wacam"), an_account("desk")):
        assert go_away(browser, other) == 422
