"""A browser as people use it: keeps cookies, and sends the token of the page it is on."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.access.models import Account
from tests.builders.accounts import PASSWORD

BASE = "https://gapline.test"


class Browser:
    """One person's browser."""

    def __init__(self, app: Flask, address: str = "192.0.2.1") -> None:
        self.app = app
        self.client = app.test_client()
        self.environ = {"REMOTE_ADDR": address}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._ask("GET", path, headers=headers)

    def post(self, path: str, **form: str) -> TestResponse:
        """Send a form with the token that this browser's pages carry."""
        return self.post_bare(path, csrf_token=self.token(), **form)

    def post_bare(self, path: str, **form: str) -> TestResponse:
        return self._ask("POST", path, data=form)

    def _ask(self, method: str, path: str, **rest: Any) -> TestResponse:
        """Each request has an app context of its own, as on a real server: `g` is not shared between them."""
        with self.app.app_context():
            return self.client.open(
                path, method=method, base_url=BASE, environ_overrides=self.environ, buffered=True, **rest
            )

    def token(self) -> str:
        return field(self.get("/").text, "csrf_token")

    def try_password(self, email: str, password: str, **form: str) -> TestResponse:
        return self.post("/sign-in", email=email, password=password, **form)

    def sign_in(self, account: Account, **form: str) -> Browser:
        answer = self.try_password(account.email, PASSWORD, **form)
        assert answer.status_code == 303, answer.text
        return self

    def cookie(self, name: str) -> str | None:
        found = self.client.get_cookie(name, domain="gapline.test")
        return found.value if found else None

    def set_cookie(self, name: str, value: str) -> None:
        self.client.set_cookie(name, value, domain="gapline.test")


def field(page: str, name: str) -> str:
    """The value of the first input of this name."""
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]
