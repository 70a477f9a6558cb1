"""Numbers in files: asked for with a reason and proof, each written down and counted, never of those kept back."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.database import transaction
from app.exports import numbers
from app.inbox.revealing import DAILY
from app.reports.models import Report
from app.reports.reveals import ContactReveal
from app.viewer import MIGRATION, acting_as
from tests.app.access.browser import Browser
from tests.app.exports.test_exports import REASON, exports, long_ago, table
from tests.app.inbox.test_revealing import lines, reveal
from tests.builders.accounts import PASSWORD, an_account
from tests.builders.reports import a_number, a_report, a_sensitive_report, say
from tests.builders.stored import events

NUMBER = "+254711999888"


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account("partner_member"))


def order(browser: Browser, **form: str) -> TestResponse:
    usual = {"kind": "csv", "reason": REASON, "tab": "all", "contacts": "yes"}
    return browser.post("/inbox/exports", **{**usual, **form})


def place_of_file(browser: Browser, **form: str) -> str:
    answer = order(browser, **form)
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.location).text
    name = page.partition(f'action="{answer.location}/')[2].partition('"')[0]
    return f"{answer.location}/{name}"


def file_of(browser: Browser, **form: str) -> TestResponse:
    return browser.post(place_of_file(browser, **form))


def numbers_in(answer: TestResponse) -> dict[str, str]:
    return {row["reference"]: row["number"] for row in table(answer)}


def shown(report: Report) -> list[dict[str, str]]:
    """What the report's timeline says of numbers shown."""
    return [one.detail for one in events() if one.kind == "contact_shown" and one.report_id == report.id]


def test_a_file_has_the_numbers_and_each_is_written_down_as_one_shown_by_itself(browser: Browser) -> None:
    one, other = a_report(sender=NUMBER), a_report(sender=a_number())
    answer = file_of(browser)
    assert numbers_in(answer)[one.reference] == f"tel:{NUMBER}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert {(line.reference, line.why, line.reason, line.contact_id) for line in lines()} == {
        (report.reference, "file", REASON, None) for report in (one, other)
    }
    assert [(detail["why"], detail["reason"]) for detail in shown(one)] == [("file", REASON)]
    assert NUMBER not in str([event.detail for event in events()])
    (export,) = exports()
    assert (export.with_contacts, export.rows) == (True, 2)
    page = unescape(browser.get(f"/inbox/{one.reference}").text)
    assert ("Taken out in a file" in page, NUMBER in page) == (True, False)
    assert "with contacts" in browser.get("/inbox/exports").text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_number_is_a_formula_and_none_loses_its_plus(browser: Browser, kind: str) -> None:
    a_report(sender=NUMBER)
    answer = file_of(browser, kind=kind)
    if kind == "csv":
        assert list(numbers_in(answer).values()) == [f"tel:{NUMBER}"]
        return
    sheet = load_workbook(io.BytesIO(answer.data)).active
    last = [row[-1] for row in sheet.iter_rows()][-1]
    assert (last.value, last.data_type) == (f"tel:{NUMBER}", "s")


def test_it_is_fetched_once_and_by_a_form(browser: Browser) -> None:
    a_report(sender=NUMBER)
    place = place_of_file(browser)
    assert browser.get(place).status_code == 404
    assert browser.post(place).status_code == 200
    assert browser.post(place).status_code == 404
    assert len(lines()) == 1


def test_a_file_without_numbers_has_none_and_is_not_fetched_as_one_with_them(browser: Browser) -> None:
    a_report(sender=NUMBER)
    place = order(browser, contacts="").location
    name = browser.get(place).text.partition(f'href="{place}/')[2].partition('"')[0]
    assert browser.post(f"{place}/{name}").status_code == 404
    assert "number" not in table(browser.get(f"{place}/{name}"))[0]
    assert lines() == []


def test_those_kept_back_have_an_empty_cell(app: Flask) -> None:
    """Sealed, sensitive by an older flag, erased, and come in without a number."""
    sealed = a_sensitive_report(sender=a_number("GH"))
    flagged = a_report("cyanide in the river at Obuasi", "GH", flags=["sensitive"])
    erased = a_report("cyanide in the river at Obuasi", "GH", sender="+233241999888")
    for text in ("DELETE", "1"):
        say(text, "GH", sender="+233241999888")
    anonymous = a_report("cyanide in the river at Obuasi", "GH", answerable=False)
    plain = a_report("cyanide in the river at Obuasi", "GH")
    found = numbers_in(file_of(Browser(app).sign_in(an_account(partner="wacam"))))
    kept_back = {report.reference for report in (sealed, flagged, erased, anonymous)}
    assert {reference for reference, number in found.items() if not number} == kept_back
    assert [line.reference for line in lines()] == [plain.reference]


def test_what_becomes_sensitive_while_the_file_is_written_is_kept_back_too(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, opened = a_report(sender=NUMBER), numbers.opened

    def opened_and_sealed(lines: numbers.Lines) -> dict[uuid.UUID, str]:
        found = opened(lines)
        with acting_as(MIGRATION), transaction() as session:
            session.execute(update(Report).where(Report.id == report.id).values(sealed=True))
        return found

    monkeypatch.setattr("app.exports.numbers.opened", opened_and_sealed)
    assert numbers_in(file_of(browser)) == {report.reference: ""}


def test_a_file_holds_at_most_what_is_left_of_the_day(browser: Browser) -> None:
    first, *_rest = [a_report() for _ in range(DAILY)]
    assert reveal(browser, first)[0] == 200
    refused = order(browser)
    assert refused.status_code == 422
    assert f"These are {DAILY} numbers, and you can have {DAILY - 1} more today." in refused.text
    assert (exports(), len(lines())) == ([], 1)
    assert file_of(browser, status="acknowledged").status_code == 200
    with acting_as(MIGRATION), transaction() as session:
        session.execute(update(ContactReveal).values(at=ContactReveal.at - timedelta(days=1)))
    assert len(numbers_in(file_of(browser))) == DAILY
    assert reveal(browser, first)[0] == 422


def test_what_was_shown_since_the_order_counts_too(browser: Browser) -> None:
    reports = [a_report() for _ in range(DAILY)]
    place = place_of_file(browser)
    reveal(browser, reports[0])
    answer = browser.post(place)
    assert (answer.status_code, f"you can have {DAILY - 1} more today" in answer.text) == (409, True)
    assert len(lines()) == 1


def test_nothing_is_ordered_without_a_reason_nor_ordered_or_fetched_without_fresh_proof(browser: Browser) -> None:
    a_report(sender=NUMBER)
    assert order(browser, reason=" ").status_code == 422
    long_ago(proved_at=datetime.now(UTC) - timedelta(hours=1))
    assert (order(browser).status_code, exports()) == (403, [])
    place = place_of_file(browser, proof_password=PASSWORD)
    long_ago(proved_at=datetime.now(UTC) - timedelta(hours=1))
    assert (browser.post(place).status_code, lines()) == (403, [])
    assert numbers_in(browser.post(place, proof_password=PASSWORD)) != {}


def test_numbers_of_another_partner_s_reports_never_come(app: Flask, browser: Browser) -> None:
    ours, theirs = a_report(), a_report("borehole broken no water", sender=NUMBER)
    assert list(numbers_in(file_of(browser))) == [ours.reference]
    assert NUMBER[1:] not in file_of(Browser(app).sign_in(an_account(partner="wacam"))).text
    assert [line.reference for line in lines()] == [ours.reference]
    assert shown(theirs) == []


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_who_may_have_no_number_shown_orders_no_file(app: Flask, role: str) -> None:
    browser = Browser(app).sign_in(an_account(role))
    assert [browser.get("/inbox/exports/new").status_code, order(browser).status_code] == [403, 403]


def test_the_form_says_how_many_more_there_may_be_today(browser: Browser) -> None:
    reveal(browser, a_report())
    page = unescape(browser.get("/inbox/exports/new?tab=all").text)
    assert 'name="contacts"' in page
    assert f"You can have {DAILY - 1} more today." in page
