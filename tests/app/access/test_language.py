"""Pages speak the language that was chosen."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.app.access.browser import Browser
from tests.builders.accounts import an_account


def language_of(page: str) -> str:
    return re.search(r'<html lang="(\w+)" dir="ltr">', page)[1]


@pytest.mark.parametrize("language", ["en", "fr", "id"])
def test_a_stranger_keeps_the_language_they_choose(app: Flask, language: str) -> None:
    browser = Browser(app)
    answer = browser.post("/language", language=language, next="/sign-in")
    assert answer.location == "/sign-in"
    assert language_of(browser.get("/sign-in").text) == language


def test_without_a_choice_the_browser_s_own_language_is_taken(app: Flask) -> None:
    assert language_of(Browser(app).get("/", Accept_Language="id;q=0.9, en;q=0.5").text) == "id"


def test_a_person_s_choice_is_kept_with_their_account_and_follows_them(app: Flask) -> None:
    account = an_account()
    Browser(app).sign_in(account).post("/language", language="fr")
    assert language_of(Browser(app).sign_in(account).get("/inbox").text) == "fr"


@pytest.mark.parametrize("language", ["", "xx", "en\x00", "../../etc"])
def test_a_language_that_is_not_offered_is_refused(app: Flask, language: str) -> None:
    assert Browser(app).post("/language", language=language).status_code == 400


def test_a_forged_language_cookie_is_ignored(app: Flask) -> None:
    browser = Browser(app)
    browser.set_cookie("__Host-gapline-language", "xx")
    assert language_of(browser.get("/").text) == "en"
