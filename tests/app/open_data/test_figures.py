"""The closed figures as everybody gets them: as a page and as a file."""

from __future__ import annotations

import csv
import gzip
import io
import re

import pytest
from flask import Flask

from tests.app.access.browser import Browser
from tests.app.inbox.many import statements
from tests.app.open_data.test_pages import FIRST_LOAD, MOST_STATEMENTS, text_of
from tests.builders.accounts import an_account
from tests.builders.figures import AFTER_JULY, AFTER_JUNE, BARINGO, BUSIA, JULY, LAMU, a_crowd, publish_at

HXL_TAG = re.compile(r"#[a-z]+[a-z0-9_]*(\+[a-z][a-z0-9_]*)*")
"""A tag as HXL 1.1 spells it: a hashtag, then attributes."""


def cells(page: str, country: str) -> list[str]:
    """What stands in the row of this country, the sectors in their order and the total last."""
    row = re.search(rf"<tr[^>]*><th[^>]*>(?:<a[^>]*>)?{country}(?:</a>)?</th>(.*?)</tr>", page, re.DOTALL)
    assert row, country
    return re.findall(r"<td[^>]*>(?:<[^>]+>)*([^<]+)", row[1])


def table(answer: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer, newline="")))


def test_before_a_month_is_closed_the_page_says_so_and_there_is_no_file(app: Flask) -> None:
    a_crowd(6)
    browser = Browser(app)
    page = browser.get("/open")
    assert page.status_code == 200
    assert "No month is closed yet" in page.text
    assert "How to read them" in page.text
    assert browser.get("/open/figures.csv").status_code == 404


def test_the_newest_closed_month_is_shown_by_country_and_sector(app: Flask) -> None:
    a_crowd(6)
    a_crowd(7, month=JULY)
    publish_at(AFTER_JUNE)
    june = Browser(app).get("/open").text
    publish_at(AFTER_JULY)
    july = Browser(app).get("/open").text
    assert ("June 2026" in june, "July 2026" in june) == (True, False)
    assert (cells(june, "Kenya")[3], cells(july, "Kenya")[3]) == ("6", "7")
    assert cells(july, "All countries")[-1] == "7"
    assert set(cells(july, "Ghana")) == {"0"}


def test_an_older_month_and_another_measure_stand_in_the_address(app: Flask) -> None:
    a_crowd(6)
    a_crowd(7, month=JULY)
    publish_at(AFTER_JULY)
    browser = Browser(app)
    page = browser.get("/open?month=2026-06&measure=gaps").text
    assert (cells(page, "Kenya")[3], "June 2026" in page) == ("1", True)
    assert "By country and sector: Gaps" in page
    assert "month=2026-07&amp;measure=gaps" in page
    assert cells(browser.get("/open?measure=nonsense").text, "Kenya")[3] == "7"


def test_small_numbers_are_kept_back_on_the_page_and_in_the_file(app: Flask) -> None:
    a_crowd(40, BUSIA)
    a_crowd(3, LAMU, sector="education")
    a_crowd(30, BARINGO, sector="water-sanitation")
    publish_at(AFTER_JUNE)
    browser = Browser(app)
    page = browser.get("/open").text
    shown = dict(zip([*"amwhefso", "all"], cells(page, "Kenya"), strict=True))
    assert shown["e"] == "–"
    assert "kept back" in page
    header, _tags, *rows = table(browser.get("/open/figures.csv").text)
    (education,) = [row for row in rows if row[header.index("country")] == "KE" and "education" in row]
    assert education[header.index("people")] == ""
    assert education[header.index("kept_back")] == "1"


def test_the_file_says_what_the_page_says_and_has_a_row_of_hxl_tags(app: Flask) -> None:
    a_crowd(6)
    a_crowd(12, BARINGO, sector="water-sanitation")
    publish_at(AFTER_JUNE)
    browser = Browser(app)
    answer = browser.get("/open/figures.csv")
    header, tags, *rows = table(answer.text)
    assert header[:4] == ["month", "country", "sector", "people"]
    assert all(HXL_TAG.fullmatch(tag) for tag in tags)
    assert len(tags) == len(header)
    assert len(rows) == 8 * 9
    kenya = [row[3] or "–" for row in rows if row[1] == "KE"]
    assert kenya == cells(browser.get("/open").text, "Kenya")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gapline-2026-06.csv"'
    assert answer.headers["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


@pytest.mark.parametrize("month", ["2026-07", "2026-6", "2026-06-01", "nonsense", "", "2026-06'--", "%00"])
def test_a_month_that_is_not_published_is_not_found(app: Flask, month: str) -> None:
    a_crowd(6)
    a_crowd(6, month=JULY)
    publish_at(AFTER_JUNE)
    for path in ("/open", "/open/figures.csv"):
        assert Browser(app).get(f"{path}?month={month}").status_code == 404


def test_the_page_says_how_to_read_the_figures_and_what_one_may_do_with_them(app: Flask) -> None:
    page = text_of(Browser(app).get("/open").text)
    for words in (
        "different phones that reported",
        "a month is closed 10 days after its end",
        "fewer than 5 different people reported: fewer than 10 where",
        "They say who told us, not who suffers",
        "CC BY 4.0",
    ):
        assert words.lower() in page.lower()


@pytest.mark.parametrize("path", ["/open", "/open?month=2026-06&measure=fixes&lang=fr", "/open/figures.csv"])
def test_figures_take_few_statements_and_few_bytes_and_anybody_may_keep_them(app: Flask, path: str) -> None:
    a_crowd(6)
    publish_at(AFTER_JUNE)
    browser = Browser(app).sign_in(an_account("reviewer"))
    browser.get(path)
    with statements() as seen:
        page = browser.get(path, Accept_Encoding="gzip")
    assert len(seen) <= MOST_STATEMENTS
    text = gzip.decompress(page.data).decode() if "Content-Encoding" in page.headers else page.text
    files = re.findall(r'<(?:link|img)[^>]* (?:href|src)="(/static[^"]+)"', text)
    assert len(page.data) + sum(len(browser.get(one, Accept_Encoding="gzip").data) for one in files) <= FIRST_LOAD
    assert page.headers["Cache-Control"] == "public, max-age=600"
    assert "Set-Cookie" not in page.headers
    assert "Cookie" not in page.headers["Vary"]
