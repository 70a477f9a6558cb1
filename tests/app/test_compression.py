"""Text goes over the line compressed, for whoever can read it so, and not where its length could betray a token."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from tests.app.access.browser import Browser
from tests.builders.accounts import an_account


@pytest.mark.parametrize("path", ["/", "/report", "/track", "/static/gapline.css", "/nowhere"])
def test_text_is_compressed_for_a_browser_that_takes_it(app: Flask, path: str) -> None:
    plain = Browser(app).get(path)
    sent = Browser(app).get(path, **{"Accept-Encoding": "gzip, br"})
    assert (sent.headers["Content-Encoding"], "Accept-Encoding" in sent.vary) == ("gzip", True)
    assert int(sent.headers["Content-Length"]) == len(sent.data) < len(plain.data) / 1.5
    assert abs(len(gzip.decompress(sent.data)) - len(plain.data)) < 100  # tokens differ from page to page


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0"])
def test_other_browsers_get_it_plain_and_caches_know(app: Flask, accepted: str) -> None:
    sent = Browser(app).get("/report", **{"Accept-Encoding": accepted})
    assert "Content-Encoding" not in sent.headers
    assert "Accept-Encoding" in sent.vary
    assert sent.text.startswith("<!doctype html>")


@pytest.mark.parametrize("path", ["/inbox", "/directory"])
def test_pages_of_staff_stay_plain(app: Flask, path: str) -> None:
    browser = Browser(app).sign_in(an_account())
    assert "Content-Encoding" not in browser.get(path, **{"Accept-Encoding": "gzip"}).headers


def test_a_few_bytes_are_not_worth_it(app: Flask) -> None:
    assert "Content-Encoding" not in Browser(app).get("/healthz", **{"Accept-Encoding": "gzip"}).headers


def test_a_file_that_has_not_changed_is_not_sent_again(app: Flask) -> None:
    browser = Browser(app)
    first = browser.get("/static/gapline.css", **{"Accept-Encoding": "gzip"})
    again = browser.get(
        "/static/gapline.css", **{"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    )
    assert first.headers["ETag"].startswith("W/")
    assert (again.status_code, again.data) == (304, b"")
