"""After sign-in and after a choice of language, the browser stays on this host."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.access.redirects import local_path
from tests.app.access.browser import BASE, Browser
from tests.builders.accounts import PASSWORD, an_account

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    " //evil.example/",
    "javascript:alert(1)",
    "https:evil.example",
    "inbox",
    "",
    "/\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_way_out_of_this_host_is_refused(wanted: str) -> None:
    assert local_path(wanted) is None


@pytest.mark.parametrize("wanted", ["/", "/inbox", "/inbox?status=new&before=1-2", "/inbox/KE-7F3K9QX#timeline"])
def test_our_own_pages_are_allowed(wanted: str) -> None:
    assert local_path(wanted) == wanted


@given(st.text(alphabet="/\\:?#@ \t\nevil.examplhtps%2Fjavcri\u2028\x00", max_size=30))
def test_whatever_is_allowed_stays_on_this_host(wanted: str) -> None:
    allowed = local_path(wanted)
    if allowed is not None:
        assert urlsplit(urljoin(BASE, allowed)).netloc == "gapline.test"
        assert "\\" not in allowed
        assert allowed.isprintable()


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_leads_home_when_next_leads_elsewhere(app: Flask, wanted: str) -> None:
    answer = Browser(app).try_password(an_account().email, PASSWORD, next=wanted)
    assert answer.location == "/inbox"


def test_signing_in_leads_on_to_our_own_page(app: Flask) -> None:
    answer = Browser(app).try_password(an_account().email, PASSWORD, next="/inbox?status=new")
    assert answer.location == "/inbox?status=new"


def test_the_choice_of_language_does_not_lead_elsewhere(app: Flask) -> None:
    assert Browser(app).post("/language", language="fr", next="//evil.example").location == "/"
