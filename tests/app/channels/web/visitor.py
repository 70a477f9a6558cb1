"""Somebody on the web: reads pages as a browser does, and fills in the form that is on them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

BASE = "https://gapline.test"

ANSWERS: dict[str, dict[str, str]] = {
    "country": {"country": "KE"},
    "sector": {"sector": "health"},
    "problem": {"problem": "ke-health/no-drugs"},
    "area": {"area": "KE-04", "place": "Nambale"},
    "words": {"words": "no malaria drugs since Monday"},
    "contact": {"contact": "none", "number": ""},
}
"""A whole report, page by page."""


@dataclass(frozen=True)
class Form:
    """A form on a page, with what its hidden fields hold."""

    action: str
    hidden: dict[str, str]


class Visitor:
    """One person's browser; `keeps_cookies` as the browser is set."""

    def __init__(self, app: Flask, address: str = "192.0.2.1", keeps_cookies: bool = False) -> None:
        self.app = app
        self.client = app.test_client(use_cookies=keeps_cookies)
        self.environ = {"REMOTE_ADDR": address}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, **form: str) -> TestResponse:
        return self.ask("POST", path, data=form)

    def ask(self, method: str, path: str, **rest: Any) -> TestResponse:
        """Each request has an app context of its own, as on a real server."""
        with self.app.app_context():
            return self.client.open(
                path, method=method, base_url=BASE, environ_overrides=self.environ, buffered=True, **rest
            )

    def fill_in(self, page: TestResponse, to: str, **fields: str) -> TestResponse:
        """Send the page's form that goes to an address ending so, with these fields filled in."""
        fitting = (form for form in forms(page) if form.action.endswith(to))
        form = next(form for form in fitting if not form.hidden.keys() & fields.keys())
        return self.post(form.action, **form.hidden, **fields)

    def answer(self, until: str, start: str = "/report", **changes: dict[str, str]) -> TestResponse:
        """Go from the first page to the page that asks `until`, answering all before it."""
        page = self.get(start)
        while (step := step_of(page)) != until:
            page = self.fill_in(page, f"/report/{step}", **(ANSWERS | changes)[step])
        return page

    def report(self, **changes: dict[str, str]) -> TestResponse:
        """Report the whole of it; the last page."""
        return self.fill_in(self.answer("check", **changes), "/report/send")


def forms(page: TestResponse) -> list[Form]:
    parser = _Forms()
    parser.feed(page.text)
    return parser.found


def step_of(page: TestResponse) -> str:
    """Which question this page asks: the step that its language switch comes back to."""
    return next(form.hidden["step"] for form in reversed(forms(page)) if "step" in form.hidden)


def heading(page: TestResponse) -> str:
    return html.unescape(re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)[1])


def title(page: TestResponse) -> str:
    return html.unescape(re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)[1])


def reference_of(page: TestResponse) -> str:
    return re.search(r'class="code">([A-Z]{2}-[0-9A-Z]{7})<', page.text)[1]


def secret_of(page: TestResponse) -> str:
    return re.search(r'class="code">([0-9A-Z]{5} [0-9A-Z]{5})<', page.text)[1]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(attributes["action"], {}))
        if tag == "input" and attributes.get("type") == "hidden":
            self.found[-1].hidden[attributes["name"]] = attributes["value"]
