"""Partners' systems are told what happened: signed, without words, again if it failed, and only outside."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.access.models import Account
from app.database import transaction
from app.deadlines.steps import reach
from app.hooks import delivery, gathering
from app.hooks.models import Hook, HookDelivery
from app.queue import TryLater
from app.reports.models import Event, Report
from app.reports.timeline import record
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.hooks.receiver import Receiver, a_receiver
from tests.builders.accounts import an_account
from tests.builders.cases import a_case
from tests.builders.cases import move as move_case
from tests.builders.letters import letters
from tests.builders.reports import a_number, a_report
from tests.builders.stored import rows

EVENTS = list(gathering.EVENTS)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as running:
        yield running


@pytest.fixture
def lead() -> Account:
    return an_account()


@pytest.fixture
def browser(app: Flask, lead: Account) -> Browser:
    return Browser(app).sign_in(lead)


def register(browser: Browser, receiver: Receiver, event: str = "report.filed") -> str:
    """Returns the secret, which the page shows."""
    page = browser.post("/webhooks", url=receiver.url, events=event).text
    return page.partition('id="secret">')[2].partition("<")[0]


def wants(*events: str) -> None:
    change(events=list(events))


def change(**values: object) -> None:
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Hook).values(**values))


def work() -> list[timedelta]:
    """What the worker does within a minute; how long each failed delivery is to wait."""
    waits = []
    with acting_as(WORKER):
        gathering.gather()
        for one in rows(HookDelivery, HookDelivery.id):
            try:
                delivery.deliver(delivery=one.id)
            except TryLater as later:
                waits.append(later.wait)
    return waits


def move(report: Report, to: str) -> None:
    with acting_as(WORKER), transaction() as session:
        found = session.get_one(Report, report.id)
        old = found.status
        reach(found, to)
        record(session, found, "status", old=old, new=to)


def told(receiver: Receiver) -> list[tuple[str, str]]:
    bodies = map(json.loads, receiver.bodies)
    return [(one["event"], one["report"]["status"]) for one in bodies]


def test_what_happens_at_the_partner_is_told_and_nothing_of_others(browser: Browser, receiver: Receiver) -> None:
    register(browser, receiver)
    wants(*EVENTS)
    report = a_report()
    a_report("borehole broken no water")
    move(report, "acknowledged")
    work()
    assert sorted(told(receiver)) == [("report.filed", "new"), ("report.status", "acknowledged")]
    assert {json.loads(body)["report"]["reference"] for body in receiver.bodies} == {report.reference}


def test_that_a_case_moved_is_told_to_those_whose_case_it_is_and_without_what_was_found_out(
    app: Flask, receiver: Receiver
) -> None:
    for partner in ("afesis", "cedc"):
        register(Browser(app).sign_in(an_account(partner=partner)), receiver, "case.state")
    case = move_case(a_case(), "parked", reason="the office asked for time")
    work()
    (body,) = map(json.loads, receiver.bodies)
    told = {"country": "ZA", "sector": "water-sanitation", "entry_point": "za-water-sanitation", "area": "ZA-EC"}
    assert (body["event"], body["case"]) == ("case.state", {**told, "number": case.id, "state": "parked"})


def test_neither_words_nor_number_are_ever_told_nor_what_a_sensitive_report_is_about(
    browser: Browser, receiver: Receiver
) -> None:
    register(browser, receiver)
    number = a_number()
    a_report("no drugs at the dispensary of Nambale", sender=number, flags=["sensitive"])
    work()
    (body,) = receiver.bodies
    assert b"Nambale" not in body
    assert number[4:].encode() not in body
    assert json.loads(body)["report"]["problem_type"] is None


def test_the_signature_is_of_the_moment_and_the_body(browser: Browser, receiver: Receiver) -> None:
    secret = register(browser, receiver)
    a_report()
    work()
    at, sign = (part.partition("=")[2] for part in receiver.headers[0]["Gapline-Signature"].split(","))
    expected = hmac.new(secret.encode(), at.encode() + b"." + receiver.bodies[0], hashlib.sha256).hexdigest()
    assert hmac.compare_digest(sign, expected)
    assert abs(int(at) - datetime.now(UTC).timestamp()) < 60


def test_after_a_new_secret_both_sign_for_two_days(browser: Browser, receiver: Receiver) -> None:
    register(browser, receiver)
    (hook,) = rows(Hook)
    assert 'id="secret"' in browser.post(f"/webhooks/{hook.id}/secret").text
    a_report()
    work()
    change(old_until=datetime.now(UTC) - timedelta(seconds=1))
    a_report()
    work()
    assert [one["Gapline-Signature"].count("v1=") for one in receiver.headers] == [2, 1]


def test_each_event_is_told_once_however_often_it_is_looked_through(browser: Browser, receiver: Receiver) -> None:
    register(browser, receiver)
    a_report()
    work(), work(), work()
    assert len(receiver.bodies) == 1


def test_what_happened_before_it_was_registered_is_not_told(browser: Browser, receiver: Receiver) -> None:
    a_report()
    register(browser, receiver)
    work()
    assert receiver.bodies == []


def test_a_long_list_is_gone_through_in_batches(browser: Browser, receiver: Receiver, monkeypatch) -> None:
    monkeypatch.setattr(gathering, "AT_ONCE", 2)
    monkeypatch.setattr(gathering, "BACK", timedelta())
    register(browser, receiver)
    for _report in range(5):
        a_report()
    work()
    assert len(receiver.bodies) == 5


@pytest.mark.parametrize("answer", [500, 404, 302])
def test_what_fails_is_tried_again_later_and_later(browser: Browser, receiver: Receiver, answer: int) -> None:
    register(browser, receiver)
    receiver.answers = [answer] * 3
    a_report()
    waits = [wait for _try in range(4) for wait in work()]
    assert waits == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    (row,) = rows(HookDelivery)
    assert (row.state, row.attempts, row.answer) == ("done", 4, "200")
    assert rows(Hook)[0].failing_since is None


def test_it_is_given_up_after_two_days_of_trying(browser: Browser, receiver: Receiver) -> None:
    register(browser, receiver)
    a_report()
    receiver.answers = [500]
    work()
    with acting_as(WORKER), transaction() as session:
        session.execute(update(HookDelivery).values(attempts=delivery.MOST_ATTEMPTS - 1))
    receiver.answers = [500]
    assert work() == []
    assert [one.state for one in rows(HookDelivery)] == ["failed"]


def test_an_address_that_fails_for_five_days_is_switched_off_with_a_letter(
    browser: Browser, receiver: Receiver, lead: Account
) -> None:
    register(browser, receiver)
    receiver.answers = [500, 500]
    a_report()
    work()
    change(failing_since=datetime.now(UTC) - delivery.OFF_AFTER)
    assert work() == []
    assert rows(Hook)[0].disabled_at is not None
    assert [(letter.to, receiver.url in letter.body) for letter in letters()] == [(lead.email, True)]
    a_report()
    work()
    assert len(receiver.bodies) == 2


def test_a_test_is_sent_at_once_and_stands_in_the_log(browser: Browser, receiver: Receiver) -> None:
    register(browser, receiver)
    (hook,) = rows(Hook)
    assert browser.post(f"/webhooks/{hook.id}/test").status_code == 303
    work()
    assert json.loads(receiver.bodies[0])["event"] == "test"
    page = browser.get(f"/webhooks/{hook.id}").text
    assert "taken" in page
    assert "200" in page


def test_switched_off_and_on_it_is_told_of_what_happens_from_then_on(browser: Browser, receiver: Receiver) -> None:
    register(browser, receiver)
    (hook,) = rows(Hook)
    browser.post(f"/webhooks/{hook.id}/switch")
    a_report()
    work()
    browser.post(f"/webhooks/{hook.id}/switch")
    a_report()
    work()
    assert len(receiver.bodies) == 1
    browser.post(f"/webhooks/{hook.id}/delete")
    assert (rows(Hook), rows(HookDelivery)) == ([], [])


def test_an_address_inside_is_never_called_in_production(
    app: Flask, browser: Browser, receiver: Receiver, monkeypatch
) -> None:
    register(browser, receiver)
    a_report()
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], mode="production"))
    work()
    assert receiver.bodies == []
    assert [one.answer for one in rows(HookDelivery)] == ["this address is not public"]


def test_only_leads_of_the_partner_see_and_change_its_addresses(
    app: Flask, browser: Browser, receiver: Receiver
) -> None:
    register(browser, receiver)
    (hook,) = rows(Hook)
    elsewhere = Browser(app).sign_in(an_account(partner="wacam"))
    assert receiver.url not in elsewhere.get("/webhooks").text
    for act in ("test", "secret", "switch", "delete"):
        assert elsewhere.post(f"/webhooks/{hook.id}/{act}").status_code == 404
    assert Browser(app).sign_in(an_account("partner_member")).get("/webhooks").status_code == 403


@pytest.mark.parametrize("form", [{"url": "ftp://x"}, {"events": "everything"}])
def test_an_address_needs_to_be_one_and_to_want_something(browser: Browser, form: dict[str, str]) -> None:
    good = {"url": "https://x.example.org/", "events": "report.filed"}
    assert browser.post("/webhooks", **{**good, **form}).status_code == 422
    assert rows(Hook) == []
    assert rows(Event) == []
