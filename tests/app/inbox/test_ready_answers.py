"""Answers that partners wrote once, as the beginning of a reply to one person."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

from flask import Flask

from app.directory.catalogue import Answer, Directory
from app.inbox.ready_answers import Ready, ready_answers
from app.reports.models import Report
from tests.app.access.browser import Browser
from tests.app.directory.conftest import edited
from tests.app.understanding.directory_data import shipped_directory
from tests.builders.accounts import an_account
from tests.builders.directory import LEAD, Values, an_edit, save_as
from tests.builders.reports import a_report

__all__ = ["edited"]


def a_directory(*answers: Answer) -> Directory:
    shipped = shipped_directory()
    entries = (replace(one, answers=answers if one.slug == "ke-health" else ()) for one in shipped.entry_points)
    return replace(shipped, entry_points=tuple(entries))


def test_they_are_in_the_persons_language_else_in_one_of_the_country_s() -> None:
    directory = a_directory(
        Answer("Asked", {"en": "We asked.", "sw": "Tumeuliza."}),
        Answer("Visited", {"en": "We went there."}),
        Answer("Heard", {"sw": "Tumesikia."}),
    )
    told = Report(country="KE", entry_point="ke-health", language="sw")
    assert ready_answers(told, directory) == (
        Ready("Asked", "Tumeuliza.", "sw"),
        Ready("Heard", "Tumesikia.", "sw"),
        Ready("Visited", "We went there.", "en"),
    )
    assert [
        one.name for one in ready_answers(Report(country="KE", entry_point="ke-health", language="en"), directory)
    ] == [
        "Asked",
        "Visited",
        "Heard",
    ]
    assert ready_answers(Report(country="KE", entry_point=None, language="en"), directory) == ()


def test_the_reply_begins_with_the_one_that_is_chosen(edited: Flask) -> None:
    def change(values: Values) -> None:
        values["entry_points"][0]["answers"] = [{"name": "Asked", "texts": {"en": "We asked <them>."}}]

    save_as(LEAD, an_edit(change))
    edited.extensions.pop("directory", None)
    report, browser = a_report(), Browser(edited).sign_in(an_account("partner_member"))
    page = browser.get(f"/inbox/{report.reference}").text
    assert f"/inbox/{report.reference}?answer=0#reply" in page
    assert "We asked" not in page
    assert ">\nWe asked <them>.</textarea>" in unescape(browser.get(f"/inbox/{report.reference}?answer=0").text)
    assert "We asked" not in browser.get(f"/inbox/{report.reference}?answer=7").text
