"""Posters: every one can be read, scanned and printed, in each language of its country."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.language import say
from app.open_data.posters import qr_svg, with_number
from app.outbox.wording import SECTORS
from tests.app.access.browser import Browser
from tests.app.open_data.qr import qr_of
from tests.app.open_data.test_pages import everything


def test_every_poster_in_every_language_shows_its_numbers_and_a_code_that_leads_to_its_own_form(app: Flask) -> None:
    directory, _ = everything()
    browser, seen = Browser(app), 0
    for entry in directory.entry_points:
        for language in directory.country(entry.country).languages:
            page = browser.get(f"/open/{entry.country.lower()}/{entry.sector}/poster?lang={language}")
            assert f'<html lang="{language}"' in page.text
            assert say(language, SECTORS[entry.sector]) in unescape(page.text)
            link = urlsplit(qr_of(page.text))
            assert f"{link.scheme}://{link.netloc}{link.path}" == "https://gapline.test/report"
            said = {"country": [entry.country], "sector": [entry.sector], "language": [language]}
            assert parse_qs(link.query) == said
            seen += 1
    assert seen == 48


def test_the_code_leads_to_the_form_in_the_posters_language(app: Flask) -> None:
    browser = Browser(app)
    link = urlsplit(qr_of(browser.get("/open/ke/health/poster?lang=sw").text))
    form = browser.get(f"{link.path}?{link.query}").text
    assert '<html lang="sw"' in form
    assert 'name="problem"' in form


def test_the_code_leads_to_our_own_address_whatever_host_was_asked_for(app: Flask) -> None:
    page = app.test_client().get("/open/ke/health/poster", headers={"Host": "evil.example"}).text
    assert qr_of(page).startswith("https://gapline.test/report?")
    assert "evil.example" not in page


def test_a_poster_shows_one_number_of_each_kind(app: Flask) -> None:
    _, registered = everything()
    page = Browser(app).get("/open/ke/health/poster?lang=en").text
    shown = re.findall(r"<p>(Text|Dial) <b>([^<]+)</b></p>", page)
    assert [kind for kind, _ in shown] == ["Text", "Dial"]
    ours = {channel.address for channel in registered if channel.country == "KE"}
    assert {number for _, number in shown} <= ours


@pytest.mark.parametrize(
    ("path", "accepts", "language"),
    [
        ("/open/ke/health/poster?lang=fr", "fr", "en"),
        ("/open/ke/health/poster", "sw", "sw"),
        ("/open/sn/water-sanitation/poster", "de", "fr"),
        ("/open/za/water-sanitation/poster?lang=xh", "en", "xh"),
    ],
)
def test_a_poster_speaks_only_the_languages_of_its_country(
    app: Flask, path: str, accepts: str, language: str
) -> None:
    assert f'<html lang="{language}"' in Browser(app).get(path, Accept_Language=accepts).text


def test_problems_are_named_in_the_posters_language(app: Flask) -> None:
    directory, _ = everything()
    first = directory.problem("ke-health/no-drugs")
    for language in ("en", "sw"):
        page = unescape(Browser(app).get(f"/open/ke/health/poster?lang={language}").text)
        assert f"<li>{first.name_in(language)}</li>" in page
    assert first.name_in("sw") != first.name


@given(st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=150))
def test_any_address_is_read_back_as_it_was(address: str) -> None:
    assert qr_of(qr_svg(address)) == address


def test_a_number_is_set_out_and_nothing_in_it_becomes_markup() -> None:
    assert with_number("en", "Text {number}", "<b>1&") == "Text <b>&lt;b&gt;1&amp;</b>"
