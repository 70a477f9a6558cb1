"""Finding reports by their words: without accents, by beginnings, and never a sensitive one."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.database import transaction
from app.inbox import looking_up
from app.inbox.excerpts import _around
from app.inbox.paging import PAGE_SIZE
from app.inbox.searching import sought_words
from app.reports.models import IncomingMessage, Report
from app.viewer import INTAKE, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.test_list import counts, shown
from tests.builders.accounts import an_account
from tests.builders.reports import a_report


def a_report_that_says(words: str, **changes: object) -> Report:
    """A report at Kenya's health entry point with these very words."""
    report = a_report("no drugs at the dispensary", **changes)
    with acting_as(INTAKE), transaction() as session:
        session.execute(update(IncomingMessage).where(IncomingMessage.report_id == report.id).values(body=words))
    return report


def find(app: Flask, words: str, **account: str) -> list[str]:
    return shown(Browser(app).sign_in(an_account(**account)).get(f"/inbox?{urlencode({'q': words})}").text)


@pytest.mark.parametrize(
    ("said", "sought"),
    [
        ("Pas de médicaments au poste", "medicament"),
        ("pas de medicaments", "MÉDICAMENTS"),
        ("Ilé ìwòsàn kò ní oògùn", "oogun"),
        ("Yaɓa magani", "yaba"),
        ("अस्पताल में दवा नहीं है", "दवा"),
        ("மருத்துவமனையில் மருந்து இல்லை", "மருந்து"),
        ("the nurse asked 500 shillings", "nurse 500"),
        ("the nurse asked 500 shillings", "shill nur"),
        ("don't come back, they said", "don't"),
    ],
)
def test_words_are_found_however_they_are_spelt_or_cut_short(app: Flask, said: str, sought: str) -> None:
    a_report("hospital closed in Busia")
    sought_for = a_report_that_says(said)
    assert find(app, sought) == [sought_for.reference]


def test_all_the_words_must_be_there(app: Flask) -> None:
    a_report_that_says("the nurse asked 500 shillings")
    assert find(app, "nurse bribe") == []


def test_notes_of_staff_are_searched_too(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    browser.post(f"/inbox/{report.reference}/note", form=str(uuid.uuid4()), note="Ask the county pharmacist")
    assert find(app, "pharmacist") == [report.reference]


def test_a_sensitive_report_is_not_found_by_its_words(app: Flask) -> None:
    a_report_that_says("they beat my brother", flags=["sensitive"])
    assert find(app, "brother") == []


def test_nobody_finds_the_reports_of_others(app: Flask) -> None:
    a_report_that_says("the nurse asked 500 shillings")
    assert find(app, "nurse", partner="cedgg") == []


def test_erased_words_are_not_found_any_more(app: Flask) -> None:
    report = a_report_that_says("the nurse asked 500 shillings")
    with acting_as(INTAKE), transaction() as session:
        erased = update(IncomingMessage).where(IncomingMessage.report_id == report.id)
        session.execute(erased.values(body=""))
    assert find(app, "nurse") == []


def test_a_search_stays_when_a_tab_or_filter_is_chosen(app: Flask) -> None:
    a_report_that_says("the nurse asked 500 shillings")
    page = Browser(app).sign_in(an_account()).get("/inbox?q=nurse&status=new&status=closed").text
    assert "tab=mine&amp;q=nurse&amp;status=new&amp;status=closed" in page
    assert '<input type="hidden" name="q" value="nurse">' in page
    search = page[page.index('role="search"') :].partition("</form>")[0]
    assert search.count('<input type="hidden" name="status" value=') == 2


def test_a_search_goes_through_what_has_ended_too(app: Flask) -> None:
    report = a_report_that_says("the nurse asked 500 shillings", status="closed")
    browser = Browser(app).sign_in(an_account())
    assert 'name="tab" value="all"' in browser.get("/inbox").text.split('role="search"')[1]
    assert shown(browser.get("/inbox?tab=all&q=nurse").text) == [report.reference]


def marked(app: Flask, words: str) -> list[str]:
    page = Browser(app).sign_in(an_account()).get(f"/inbox?{urlencode({'q': words})}").text
    return re.findall(r"<mark>([^<]+)</mark>", page)


@pytest.mark.parametrize(
    ("said", "sought", "found"),
    [
        ("Pas de médicaments au poste", "medicam pos", ["médicaments", "poste"]),
        ("अस्पताल में दवा नहीं है", "दवा", ["दवा"]),
        ("word " * 60 + "then the nurse asked", "nurse", ["nurse"]),
        ("a <b>nurse</b> asked", "nurse", ["nurse"]),
    ],
)
def test_the_list_shows_what_was_found(app: Flask, said: str, sought: str, found: list[str]) -> None:
    a_report_that_says(said)
    assert marked(app, sought) == found


def test_what_was_found_in_a_note_is_shown_as_a_note(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    browser.post(f"/inbox/{report.reference}/note", form=str(uuid.uuid4()), note="Ask the county pharmacist")
    page = browser.get("/inbox?q=pharmacist").text
    assert "In a note:" in page
    assert "Ask the county <mark>pharmacist</mark>" in page


@given(st.text(max_size=300), st.text(max_size=20))
def test_an_excerpt_is_a_stretch_of_the_very_words(text: str, sought: str) -> None:
    parts = _around(text, sought_words(sought))
    assert "".join(part for part, _found in parts).strip("…") in text


def test_nothing_that_can_be_typed_breaks_the_search(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=40) | st.text("&|!():*<>'\\\"- a", max_size=20))
    def search(typed: str) -> None:
        assert browser.get(f"/inbox?{urlencode({'q': typed})}").status_code in (200, 422)

    search()


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where very many reports are there without the words: those with them are looked up."""
    monkeypatch.setattr(looking_up, "SAMPLE", 0)


def test_a_word_that_is_looked_up_finds_the_same(app: Flask, looked_up: None) -> None:
    found = [a_report_that_says("the nurse asked 500 shillings").reference for _ in range(3)]
    noted, browser = a_report_that_says("no drugs"), Browser(app).sign_in(an_account())
    browser.post(f"/inbox/{noted.reference}/note", form=str(uuid.uuid4()), note="Ask the nurse")
    a_report_that_says("the nurse beat my brother", flags=["sensitive"])
    assert sorted(find(app, "nurse")) == sorted([*found, noted.reference])
    assert (find(app, "brother"), find(app, "nobody"), find(app, "nurse", partner="cedgg")) == ([], [], [])


def test_what_is_looked_up_is_counted_in_each_tab(app: Flask, looked_up: None) -> None:
    for status in ("new", "needs_information", "closed"):
        a_report_that_says("the nurse asked 500 shillings", status=status)
    a_report_that_says("no drugs", status="needs_information")
    counted = counts(Browser(app).sign_in(an_account()).get("/inbox?tab=all&q=nurse").text)
    assert (counted["All open"], counted["Needs information"], counted["Everything"]) == ("2", "1", "3")


def test_where_too_many_have_a_word_to_be_looked_up_the_reports_are_gone_through(
    app: Flask, looked_up: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking_up, "MOST_LOOKED_UP", 1)
    found = [a_report_that_says("the nurse asked 500 shillings").reference for _ in range(3)]
    assert sorted(find(app, "nurse")) == sorted(found)


def test_the_counts_of_a_common_word_stop_at_a_page(app: Flask) -> None:
    for _ in range(PAGE_SIZE + 2):
        a_report_that_says("the nurse asked 500 shillings")
    page = Browser(app).sign_in(an_account()).get("/inbox?q=nurse").text
    assert (counts(page)["All open"], counts(page)["Mine"]) == (f"{PAGE_SIZE}+", "0")
