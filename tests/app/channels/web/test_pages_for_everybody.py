"""Every country in every language, text that tries to be markup, and pages light enough for a bad line."""

from __future__ import annotations

import gzip
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from flask import Flask

from app.channels.web.speaking import OWN_NAMES
from app.directory.current import channels, current_directory, web_channel_of
from app.language import CITIZEN_LANGUAGES
from app.viewer import INTAKE, acting_as
from sms.text import clean
from tests.app.channels.web.tracker import answer_comes, opened
from tests.app.channels.web.visitor import Visitor, forms, reference_of, secret_of, step_of
from tests.builders.stored import messages_in, reports
from tests.conftest import Database

COUNTRIES = ("GH", "ID", "IN", "KE", "NG", "SN", "ZA")
FIRST_PAGE = 14 * 1024
WHOLE_FLOW = 60 * 1024
"""Bytes, compressed, of everything a browser fetches (reach.md)."""


def any_answer(page, step: str) -> dict[str, str]:
    """The last choice on the page that is a real one, or words."""
    choices = re.findall(rf'name="{step}" value="([^"]+)"', page.text) if step != "area" else [""]
    words = {"words": "x", "contact": ""}
    return {step: "none"} if step == "contact" else {step: words.get(step) or choices[0]}


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_sector_of_every_country_can_be_reported(app: Flask, country: str) -> None:
    visitor = Visitor(app, f"2001:db8:{country.encode().hex()}::1")
    sectors = re.findall(r'name="sector" value="([^"]+)"', visitor.get(f"/report?country={country}").text)
    for sector in sectors:
        page = visitor.get(f"/report?country={country}")
        while (step := step_of(page)) != "check":
            fields = {"sector": sector} if step == "sector" else any_answer(page, step)
            page = visitor.fill_in(page, f"/report/{step}", **fields)
        assert visitor.fill_in(page, "/report/send").status_code == 200
    assert sorted(report.sector for report in reports()) == sorted(sectors)
    assert {report.country for report in reports()} == {country}


@pytest.mark.parametrize("language", CITIZEN_LANGUAGES)
def test_every_page_speaks_every_language(app: Flask, language: str) -> None:
    visitor = Visitor(app)
    start = f"/report?language={language}"
    pages = [visitor.answer(step, start) for step in ("country", "sector", "problem", "area", "words", "contact")]
    check = visitor.answer("check", start)
    done = visitor.fill_in(check, "/report/send")
    track = opened(visitor, reference_of(done), secret_of(done))
    for page in (*pages, check, done):
        assert f'<html lang="{language}" dir="ltr">' in page.text
        assert "{" not in page.text
    assert "{" not in track.text
    assert [report.language for report in reports()] == [language]


def test_the_language_can_be_switched_on_every_page_and_stays(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.answer("words")
    page = visitor.post("/report/go", **forms(page)[-1].hidden, language="sw")
    assert ('<html lang="sw"' in page.text, step_of(page)) == (True, "words")
    page = visitor.fill_in(page, "/report/words", words="hakuna dawa")
    assert '<html lang="sw"' in page.text


def test_after_the_country_its_own_languages_are_offered(app: Flask) -> None:
    def offered(page) -> list[str]:
        return re.findall(r'name="language" value="([a-z]+)"', page.text)

    visitor = Visitor(app)
    assert offered(visitor.get("/report")) == list(CITIZEN_LANGUAGES)
    assert offered(visitor.answer("sector")) == ["en", "sw"]
    assert offered(visitor.answer("sector", "/report?language=fr")) == ["en", "sw", "fr"]


@pytest.mark.parametrize(
    ("browser", "country", "spoken"),
    [
        ("sw-KE,sw;q=0.9", "KE", "sw"),
        ("de", "KE", "en"),
        ("en-US", "SN", "fr"),
        ("wo", "SN", "wo"),
        ("hi", "IN", "hi"),
    ],
)
def test_a_page_speaks_the_browsers_language_where_the_country_does(
    app: Flask, browser: str, country: str, spoken: str
) -> None:
    page = Visitor(app).get(f"/report?country={country}", Accept_Language=browser)
    assert f'<html lang="{spoken}"' in page.text


def test_a_language_that_was_chosen_stays_whatever_the_country_offers(app: Flask) -> None:
    assert '<html lang="ta"' in Visitor(app).get("/report?country=SN&language=ta").text


def test_problems_are_named_in_the_pages_language(app: Flask) -> None:
    text = Visitor(app).answer("problem", "/report?language=sw").text
    assert re.findall(r"<label([^>]*)>Hakuna dawa</label>", text) == [' for="problem"']
    assert "No drugs" not in text


def test_a_name_that_a_language_lacks_is_marked_as_english(app: Flask) -> None:
    text = Visitor(app).answer("problem", "/report?language=wo").text
    labels = re.findall(r"<label([^>]*)>Asked to pay an illegal fee</label>", text)
    assert ['lang="en"' in attributes for attributes in labels] == [True]


def test_areas_are_named_and_ordered_in_the_pages_language(app: Flask) -> None:
    elsewhere = {"country": {"country": "IN"}, "problem": {"problem": "in-health/no-hot-meal"}}
    text = Visitor(app).answer("area", "/report?language=hi", **elsewhere).text
    named = re.findall(r'<option value="IN-\w\w">([^<]+)</option>', text)
    assert (len(named), named[-1]) == (36, "हिमाचल प्रदेश")
    assert "Maharashtra" not in text


def test_every_language_has_its_own_name() -> None:
    assert OWN_NAMES.keys() == set(CITIZEN_LANGUAGES)


def test_the_web_is_a_channel_that_no_list_shows(app: Flask, database: Database) -> None:
    with acting_as(INTAKE):
        assert {web_channel_of(country.code).slug for country in current_directory().countries} == {
            f"web-{country.lower()}" for country in COUNTRIES
        }
        assert not [channel for channel in channels() if channel.provider == "web"]


CORPUS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "</textarea><svg/onload=alert(1)>",
    "{{ 1234*1234 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; \u202eevil\u202c \u2066x",
    "=HYPERLINK(1)\x00\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("text", CORPUS)
def test_whatever_people_write_stays_text(app: Flask, text: str) -> None:
    visitor = Visitor(app)
    area = visitor.fill_in(visitor.answer("area"), "/report/area", area=text, place=text)
    contact = visitor.fill_in(visitor.answer("contact"), "/report/contact", contact=text, number=text)
    check = visitor.answer("check", area={"area": "", "place": text}, words={"words": text})
    words = visitor.fill_in(check, "/report/go", step="words")
    done = visitor.fill_in(check, "/report/send")
    answer_comes(clean(text))
    track = opened(visitor, reference_of(done), secret_of(done))
    wrong = opened(visitor, text, text)
    for page in (area, contact, check, words, track, wrong):
        assert active_parts(page) == []
        assert "1522756" not in page.text
        assert not re.search("[\x00\u202a-\u202e\u2066-\u2069]", page.text)
    assert unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", words.text, re.DOTALL)[1]).strip()
    assert "\x00" not in messages_in()[0].body


class Active(HTMLParser):
    """Everything on a page that could act by itself, but for our own scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_ours = tag == "script" and (dict(attrs).get("src") or "").startswith("/static/")
        acts = {"script", "img", "svg", "iframe", "object", "style", "base"}
        self.found += [tag] if tag in acts and not is_ours else []
        self.found += [name for name, _ in attrs if name.startswith("on") or name in {"autofocus", "style"}]
        self.found += [
            name
            for name, value in attrs
            if (value or "").strip().lower().startswith("javascript:")
            and name in {"href", "src", "action", "formaction"}
        ]


def active_parts(page) -> list[str]:
    parser = Active()
    parser.feed(page.text)
    return parser.found


def compressed(page) -> int:
    """What goes over the line: the body as it is sent, or what it would take where it is too small to compress."""
    return len(page.data)


def fetched(visitor: Visitor, page) -> dict[str, int]:
    """The sizes of everything that this page makes a browser fetch besides."""
    text = gzip.decompress(page.data).decode() if page.headers.get("Content-Encoding") == "gzip" else page.text
    found = re.findall(r'<link rel="[a-z]+" href="([^"]+)"|src="([^"]+)"', text)
    return {url: compressed(visitor.get(url, Accept_Encoding="gzip")) for pair in found for url in pair if url}


def kept_ready(visitor: Visitor, page) -> dict[str, int]:
    """The sizes of what the browser fetches behind this page for when the network goes."""
    address = unescape(re.search(r'href="(/report/kept[^"]*)"', page.text)[1])
    kept = visitor.get(address)
    worker = ("/report/worker.js", "/static/offline/drafts.js")
    own = {url: compressed(visitor.get(url, Accept_Encoding="gzip")) for url in worker}
    return {address: len(gzip.compress(kept.data, 6))} | own | fetched(visitor, kept)


def test_the_first_page_weighs_little(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.get("/report", Accept_Encoding="gzip")
    assert page.headers["Content-Encoding"] == "gzip"
    assert compressed(page) + sum(fetched(visitor, page).values()) <= FIRST_PAGE


@pytest.mark.parametrize(("country", "language"), [("KE", "en"), ("IN", "ta"), ("ID", "id")])
def test_the_whole_report_weighs_little(app: Flask, country: str, language: str) -> None:
    """With a thousand characters of words, in the countries with the longest lists and the heaviest script, with
    all that is made ready for when the network goes."""
    visitor = Visitor(app)
    page, total, files = visitor.get(f"/report?language={language}"), 0, {}
    while True:
        total += len(gzip.compress(page.data, 6))
        files |= fetched(visitor, page) | kept_ready(visitor, page)
        step = step_of(page)
        if step == "check":
            break
        given = {
            "country": {"country": country},
            "words": {"words": "இ" * 500 if language == "ta" else "words " * 150},
        }
        page = visitor.fill_in(page, f"/report/{step}", **given.get(step, any_answer(page, step)))
    total += len(gzip.compress(visitor.fill_in(page, "/report/send").data, 6))
    assert total + sum(files.values()) <= WHOLE_FLOW
