"""The reviewer's pages: published figures, shared cases, and nothing of anybody's words or number."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from sqlalchemy import update

from app.database import transaction
from app.figures.models import MonthlyCount
from app.figures.reading import Cell, ClosedMonth
from app.figures.spreadsheet import TAGS, csv_of
from app.reports.models import IncomingMessage, Report
from app.viewer import INTAKE, NotAllowed, Viewer, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.many import statements
from tests.builders.accounts import an_account
from tests.builders.cases import a_case, change
from tests.builders.figures import (
    AFTER_JULY,
    AFTER_JUNE,
    BARINGO,
    BUSIA,
    JULY,
    JUNE,
    LAMU,
    a_crowd,
    publish_at,
)
from tests.builders.reports import a_report
from tests.builders.stored import rows

FILES = ("/review/countries.csv", "/review/months.csv", "/review/areas.csv?country=KE")
PAGES = ("/review", "/review?country=KE", "/review?country=KE&sector=health&measure=reports", *FILES)
ROLES = ("partner_member", "partner_lead", "desk", "reviewer", "administrator")
WORDS, PLACE_NAME = "zebracanary the nurse Achieng asked for money", "Canaryville"


def reviewer(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account("reviewer"))


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def table(answer: str) -> list[dict[str, str]]:
    """The rows of a file below its two headers."""
    return list(csv.DictReader(io.StringIO(answer)))[1:]


@pytest.fixture
def june(app: Flask) -> Browser:
    """A published month: Busia is large, Lamu small, so that Baringo has to be kept back with it."""
    a_crowd(61)
    a_crowd(3, LAMU)
    a_crowd(58, BARINGO)
    publish_at(AFTER_JUNE)
    return reviewer(app)


@pytest.mark.parametrize("role", ROLES)
def test_only_the_reviewer_reads_figures(june: Browser, app: Flask, role: str) -> None:
    browser = Browser(app).sign_in(an_account(role))
    answered = {path: browser.get(path).status_code for path in PAGES}
    assert answered == dict.fromkeys(PAGES, 200 if role == "reviewer" else 403)


def test_a_stranger_is_sent_to_sign_in(app: Flask) -> None:
    assert {Browser(app).get(path).status_code for path in PAGES} == {303}


def test_reviewers_begin_their_work_here_and_find_it_in_the_menu(app: Flask) -> None:
    browser, account = Browser(app), an_account("reviewer")
    assert browser.try_password(account.email, "a long enough test phrase").location == "/review"
    assert 'href="/review"' in browser.get("/directory").text
    assert 'href="/review"' not in Browser(app).sign_in(an_account()).get("/directory").text


def test_before_any_month_is_closed_the_page_says_when_there_will_be_figures(app: Flask) -> None:
    browser = reviewer(app)
    assert "10 days after its end" in browser.get("/review?country=KE&month=2026-06").text
    assert browser.get("/review/countries.csv").status_code == 404


def test_the_page_shows_totals_areas_and_months(june: Browser) -> None:
    page = june.get("/review?country=KE").text
    shown = text_of(page)
    assert "June 2026 · Kenya · all sectors" in shown
    assert "<dd>122</dd>" in page
    assert page.count("<g transform") == 47
    assert "Busia: 61" in page
    assert "Lamu: kept back" in page


def test_a_month_that_is_not_closed_is_shown_nowhere(june: Browser) -> None:
    a_crowd(77, month=JULY)
    publish_at(AFTER_JUNE)
    for path in PAGES:
        assert not re.search(r"July|2026-07|\b77\b", june.get(path).text), path
    assert ">122<" in june.get("/review?country=KE&month=2026-07").text


def test_the_number_of_a_small_cell_is_in_no_page_and_no_file(june: Browser) -> None:
    for path in PAGES:
        assert not re.search(r"\b58\b|Lamu: \d|Baringo: \d", june.get(path).text), path
    (lamu,) = [row for row in table(june.get(FILES[2]).text) if row["area"] == LAMU]
    assert (lamu["people"], lamu["reports"], lamu["gaps"], lamu["kept_back"]) == ("", "", "", "1")


def test_no_page_or_file_holds_a_citizen_s_words_number_or_exact_place(app: Flask) -> None:
    report = a_report("no drugs at the dispensary Busia")
    with acting_as(INTAKE), transaction() as session:
        session.execute(update(IncomingMessage).values(body=WORDS))
        session.execute(update(Report).values(created_at=report.created_at.replace(month=6, day=9)))
    case = a_case()
    change(case.id, visibility="shared", place=PLACE_NAME)
    a_crowd(12)
    publish_at(AFTER_JULY)
    browser = reviewer(app)
    for path in (*PAGES, "/cases", f"/cases/{case.id}"):
        page = browser.get(path)
        assert page.status_code == 200
        for canary in (
            "zebracanary",
            "Achieng",
            "+254",
            "254711",
            "+27",
            PLACE_NAME,
            report.reference,
            "borehole dry",
        ):
            assert canary not in page.text, (path, canary)
    assert rows(IncomingMessage)[0].body == WORDS


def test_the_reviewer_cannot_read_the_rollup_itself(june: Browser) -> None:
    with acting_as(Viewer("reviewer")), transaction() as session:
        assert session.query(MonthlyCount).all() == []
        session.add(MonthlyCount(month=JUNE, country="KE", sector="health", area=BUSIA))
        with pytest.raises(NotAllowed):
            session.flush()
        session.rollback()


def test_shared_cases_are_linked_and_others_are_not(app: Flask) -> None:
    case = a_case()
    a_crowd(12)
    publish_at(AFTER_JUNE)
    browser = reviewer(app)
    assert f'href="/cases/{case.id}"' not in browser.get("/review").text
    change(case.id, visibility="shared")
    assert f'href="/cases/{case.id}"' in browser.get("/review?country=ZA").text
    assert f'href="/cases/{case.id}"' not in browser.get("/review?country=KE").text


@pytest.mark.parametrize(
    "query", ["country=XX", "month=nonsense", "sector=x&measure=y", "month=2026-13", "country=%00"]
)
def test_a_filter_that_is_not_offered_is_no_filter(june: Browser, query: str) -> None:
    assert june.get(f"/review?{query}").text.count("<tr") == june.get("/review").text.count("<tr")


def test_filters_stand_in_the_address_and_lead_on(june: Browser) -> None:
    page = june.get("/review?sector=health&measure=reports").text
    link = "/review?month=2026-06&amp;country=KE&amp;sector=health&amp;measure=reports"
    assert link in page
    assert "Kenya · Health" in text_of(june.get(link.replace("&amp;", "&")).text)


def test_each_page_and_file_takes_at_most_five_statements(june: Browser) -> None:
    june.get("/review")
    for path in PAGES:
        with statements() as seen:
            june.get(path)
        assert len(seen) <= 5, (path, seen)


def test_files_have_a_row_of_hxl_tags_below_their_header(june: Browser) -> None:
    for path in FILES:
        answer = june.get(path)
        header, tags, *rest = csv.reader(io.StringIO(answer.text))
        assert tags == [TAGS[name] for name in header]
        assert all(tag.startswith("#") for tag in tags)
        assert rest
        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/csv", "no-store")
        assert "attachment" in answer.headers["Content-Disposition"]


def test_the_file_of_countries_says_what_the_page_says(june: Browser) -> None:
    found = {(row["country"], row["sector"]): row for row in table(june.get(FILES[0]).text)}
    assert len(found) == 8 * 9
    assert (found["KE", "all"]["people"], found["KE", "all"]["month"]) == ("122", "2026-06")
    assert found["all", "all"]["reports"] == "122"
    assert found["GH", "mining"]["people"] == "0"


def test_a_corrected_month_is_marked_with_what_it_said_before(june: Browser) -> None:
    a_crowd(4)
    a_crowd(9, month=JULY)
    publish_at(AFTER_JULY)
    shown = text_of(june.get("/review?country=KE").text)
    assert re.search(r"June 2026 corrected .* 126 was 122", shown)
    assert "July 2026 corrected" not in shown


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(name: str) -> None:
    closed = ClosedMonth(JUNE, 1, AFTER_JUNE)
    (row,) = table(csv_of(("area_name",), [(closed, (name,), Cell())]))
    assert row["area_name"] == f"'{name}"


@pytest.mark.parametrize("language", ["fr", "id"])
def test_the_page_speaks_the_reviewer_s_language(june: Browser, app: Flask, language: str) -> None:
    page = Browser(app).sign_in(an_account("reviewer", language=language)).get("/review?country=KE")
    assert f'<html lang="{language}"' in page.text
    assert {"fr": "juin 2026", "id": "Juni 2026"}[language] in page.text
