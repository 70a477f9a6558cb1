"""Who else is at a report is shown while they are; what one has begun to write is one's own, and found again."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import upkeep
from app.access.models import Account
from app.database import transaction
from app.inbox.beside.drafts import KEPT_FOR
from app.inbox.beside.models import Draft, Presence
from app.inbox.beside.presence import LIVES
from app.reports.models import Report
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import rows

CONFIDED = "She told us who took the money"


def at(browser: Browser, report: Report, act: str = "", **fields: str) -> str:
    path = f"/inbox/{report.reference}{act}"
    answer = browser.post(path, **fields) if act else browser.get(path)
    assert answer.status_code in (200, 303), answer.text
    return answer.text


def draft(browser: Browser, report: Report, text: str = CONFIDED, kind: str = "reply") -> None:
    at(browser, report, f"/draft?kind={kind}", **{kind: text})


def pair(app: Flask) -> tuple[Browser, Browser, Account]:
    other = an_account()
    return Browser(app).sign_in(an_account()), Browser(app).sign_in(other), other


def passed(time: timedelta) -> None:
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Presence).values(seen_at=datetime.now(UTC) - time))


def test_who_else_has_it_open_stands_on_the_page_and_in_the_list(app: Flask) -> None:
    report, (first, second, other) = a_report(), pair(app)
    at(second, report)
    assert f"<bdi>cedc: {other.name}</bdi> has this report open too." in at(first, report)
    assert f"<bdi>cedc: {other.name}</bdi> has it open." in first.get("/inbox").text
    assert "has it open." in first.get(f"/inbox/others?of={report.reference}").text
    at(second, report, "/beside", reply="Dear")
    assert "is writing a reply." in at(first, report, "/beside")
    assert "is writing a reply." in first.get("/inbox").text


def test_one_s_own_page_is_nobody_else_s_and_who_left_is_gone_soon(app: Flask) -> None:
    report, (first, second, _other) = a_report(), pair(app)
    at(first, report)
    assert "open too" not in at(first, report)
    at(second, report)
    passed(LIVES)
    assert "open too" not in at(first, report)
    assert "has it open" not in first.get("/inbox").text


def test_where_one_may_not_look_nobody_is_seen_and_one_is_not_noted(app: Flask) -> None:
    report, outsider = a_report("borehole broken no water"), Browser(app).sign_in(an_account())
    at(Browser(app).sign_in(an_account(partner="cedgg")), report)
    assert outsider.post(f"/inbox/{report.reference}/beside").status_code == 404
    assert "has it open" not in outsider.get(f"/inbox/others?of={report.reference}").text
    assert len(rows(Presence)) == 1


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_a_draft_is_sealed_and_found_again_by_its_author_alone(app: Flask, kind: str) -> None:
    report, (first, second, _other) = a_report(), pair(app)
    draft(first, report, kind=kind)
    assert CONFIDED.encode() not in rows(Draft)[0].sealed
    page = at(first, report)
    assert CONFIDED in page
    assert "This is your draft" in page
    assert CONFIDED not in at(second, report)


def test_a_draft_is_replaced_and_discarded(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    draft(browser, report)
    draft(browser, report, "Rather this")
    assert "Rather this" in at(browser, report)
    at(browser, report, "/draft/discard?kind=reply")
    assert rows(Draft) == []


def test_what_is_sent_is_no_draft_any_more_and_what_is_refused_still_is(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    for kind in ("reply", "note"):
        draft(browser, report, kind=kind)
    refused = browser.post(f"/inbox/{report.reference}/reply", form=str(uuid.uuid4()), reply="x" * 1001)
    assert refused.status_code == 422
    assert len(rows(Draft)) == 2
    for kind in ("reply", "note"):
        at(browser, report, f"/{kind}", form=str(uuid.uuid4()), **{kind: CONFIDED})
    assert rows(Draft) == []


def test_emptied_it_is_gone_and_after_a_month_too(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    draft(browser, report)
    draft(browser, report, " ")
    assert rows(Draft) == []
    draft(browser, report)
    with acting_as(WORKER), transaction() as session:
        old = session.scalars(select(Draft)).one()
        old.changed_at = datetime.now(UTC) - KEPT_FOR - timedelta(hours=1)
    with acting_as(WORKER):
        upkeep.forget()
    assert rows(Draft) == []


def test_a_draft_of_something_else_or_about_what_is_not_theirs_is_refused(app: Flask) -> None:
    report, browser = a_report("borehole broken no water"), Browser(app).sign_in(an_account())
    assert browser.post(f"/inbox/{report.reference}/draft?kind=reply", reply="x").status_code == 404
    assert browser.post(f"/inbox/{report.reference}/draft?kind=words", words="x").status_code == 400
