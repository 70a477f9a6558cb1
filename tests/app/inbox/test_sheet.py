"""The sheets to print: one report, one case."""

from __future__ import annotations

import uuid

from flask import Flask

from app.reports.models import Report
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account
from tests.builders.cases import FIGURE, STATEMENT, a_case, add_action, add_figure, change
from tests.builders.reports import a_number, a_report


def sheet(app: Flask, report: Report) -> str:
    """The sheet of a report on which a note was written."""
    browser = Browser(app).sign_in(an_account())
    browser.post(f"/inbox/{report.reference}/note", form=str(uuid.uuid4()), note="called the clinic")
    assert f"/inbox/{report.reference}/sheet" in browser.get(f"/inbox/{report.reference}").text
    answer = browser.get(f"/inbox/{report.reference}/sheet")
    assert answer.status_code == 200
    return answer.text


def test_a_report_s_sheet_has_facts_words_and_timeline_and_no_number(app: Flask) -> None:
    number = a_number()
    report = a_report("hospital closed in Busia, no nurse", sender=number, tags=["closed"])
    page = sheet(app, report)
    for said in (report.reference, "No nurse, or closed", "hospital closed in Busia", "called the clinic"):
        assert said in page
    assert number[4:] not in page
    assert "<form" not in page
    assert page.count("hospital closed in Busia, no nurse") == 1


def test_a_sensitive_report_s_sheet_has_nobody_s_words(app: Flask) -> None:
    page = sheet(app, a_report("no drugs, the nurse beat me", flags=["sensitive"]))
    assert "beat me" not in page
    assert "called the clinic" not in page
    assert "This report is sensitive" in page


def test_a_sheet_is_for_those_who_see_the_report(app: Flask) -> None:
    report = a_report()
    path = f"/inbox/{report.reference}/sheet"
    assert Browser(app).sign_in(an_account(partner="wacam")).get(path).status_code == 404
    assert Browser(app).sign_in(an_account("reviewer")).get(path).status_code == 403
    assert Browser(app).sign_in(an_account()).get("/inbox/KE-0000000/sheet").status_code == 404


def test_a_case_s_sheet_has_statement_money_acts_and_the_whole_timeline(app: Flask) -> None:
    case = a_case()
    for n in range(30):
        add_figure(case, line=f"Line {n}")
    add_action(case)
    browser = Browser(app).sign_in(an_account(partner="afesis"))
    page = browser.get(f"/cases/{case.id}/sheet").text
    for said in (STATEMENT, FIGURE["source_title"], "Budget office", "Spend the grant"):
        assert said in page
    assert page.count("<h3>Figure added</h3>") == 30
    assert f"/cases/{case.id}/sheet" in browser.get(f"/cases/{case.id}").text


def test_a_reviewer_s_sheet_of_a_shared_case_has_neither_place_nor_timeline(app: Flask) -> None:
    case = a_case(place="Behind the school")
    reviewer = Browser(app).sign_in(an_account("reviewer"))
    assert reviewer.get(f"/cases/{case.id}/sheet").status_code == 404
    change(case.id, visibility="shared", safety="ordinary")
    page = reviewer.get(f"/cases/{case.id}/sheet").text
    assert STATEMENT in page
    assert "Behind the school" not in page
    assert "Timeline" not in page
