"""What every response tells the browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.access.security import HEADERS
from tests.app.access.browser import BASE, Browser
from tests.builders.accounts import an_account

TEMPLATES = sorted((Path(__file__).parents[3] / "app" / "templates").rglob("*.html"))
STYLESHEET = Path(__file__).parents[3] / "app" / "static" / "gapline.css"


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/inbox", "/directory", "/nowhere", "/static/gapline.css", "/hooks/twilio/x/inbound"]
)
def test_every_response_carries_the_protective_headers(app: Flask, path: str) -> None:
    headers = Browser(app).sign_in(an_account("reviewer")).get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert int(headers["Strict-Transport-Security"].removeprefix("max-age=")) >= 31_536_000


def test_a_page_that_breaks_carries_them_too_and_says_nothing_of_why(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.pages.channels", lambda: 1 / 0)
    monkeypatch.setattr(app, "testing", False)
    answer = Browser(app).get("/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_inline() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


TOKENS = ("csrf_token()", "forms.hidden(", "parts.begin(")
"""What puts a token into a form: macros whose own text holds one."""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_style_or_script_or_switches_escaping_off(template: Path) -> None:
    source = template.read_text()
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:|\|\s*safe\b|autoescape", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_posts_carries_a_token(template: Path) -> None:
    for form in re.findall(r'<form method="post".*?</form>', template.read_text(), re.DOTALL):
        assert any(token in form for token in TOKENS)


@pytest.mark.parametrize(("file", "macro"), [("forms.html", "hidden("), ("admin/parts.html", "begin(")])
def test_the_macros_that_begin_a_form_put_a_token_into_it(file: str, macro: str) -> None:
    source = next(path for path in TEMPLATES if path.as_posix().endswith(f"templates/{file}")).read_text()
    body = source.split(f"macro {macro}")[1].split("endmacro")[0]
    assert "csrf_token()" in body or "forms.hidden(" in body


@pytest.mark.parametrize("path", ["/inbox", "/directory", "/inbox/KE-0000000", "/sign-in"])
def test_staff_pages_are_never_stored(app: Flask, path: str) -> None:
    assert Browser(app).sign_in(an_account()).get(path).headers["Cache-Control"] == "no-store"


def test_a_shared_file_is_kept_for_ever_under_an_address_that_names_its_content(app: Flask) -> None:
    browser = Browser(app)
    [address] = re.findall(r'rel="stylesheet" href="([^"]+)"', browser.get("/").text)
    assert "immutable" in browser.get(address).headers["Cache-Control"]
    assert browser.get("/static/gapline.css").headers["Cache-Control"] == "no-cache"


def test_the_stylesheet_is_light_enough_for_a_bad_line() -> None:
    assert STYLESHEET.stat().st_size <= 12 * 1024


def test_what_only_staff_are_shown_is_styled_apart_and_never_loaded_by_others(app: Flask) -> None:
    browser = Browser(app)
    for path in ("/", "/report", "/track", "/sign-in", "/open", "/nowhere"):
        assert "staff.css" not in browser.get(path).text
    assert "staff.css" in browser.sign_in(an_account()).get("/inbox").text


def test_the_form_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    answer = app.test_client().get("/", base_url=BASE)
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-gapline-form=")
    assert set(cookie.split("; ")[1:]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


@pytest.mark.parametrize(
    ("path", "words"), [("/nowhere", "There is nothing here"), ("/sign-out", "only takes forms")]
)
def test_errors_speak_plain_words_in_the_layout(app: Flask, path: str, words: str) -> None:
    page = Browser(app).get(path).text
    assert words in page
    assert '<main id="main"' in page


def test_too_large_a_form_is_said_to_be_too_large(app: Flask) -> None:
    answer = Browser(app).post_bare("/sign-in", email="x" * 400_000)
    assert answer.status_code == 413
    assert "That was too much at once" in answer.text


def test_a_provider_that_errs_gets_one_plain_line(app: Flask) -> None:
    answer = app.test_client().post("/hooks/africastalking/at-sms-ke/wrong-secret/inbound", base_url=BASE)
    assert (answer.status_code, answer.text) == (404, "404 Not Found\n")
