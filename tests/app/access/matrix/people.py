"""Who asks: one person of each kind, signed in once and asked as often as the table wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import TestResponse

from app.access.models import Account
from tests.app.access.browser import BASE, Browser
from tests.builders.accounts import an_account

COLUMNS = ("none", "staff", "lead", "ally", "other", "chief", "desk", "away", "ibp", "admin")
"""`none` has not signed in. `staff` and `lead` are SKA's member and lead, `ally` leads a partner that supports at
the same entry point, `other` and `chief` are member and lead of a partner elsewhere in the country. `desk` is the
country's own, `away` that of another country, `ibp` the reviewer."""

ABOUT: dict[str, dict[str, Any]] = {
    "staff": {"role": "partner_member", "partner": "ska"},
    "lead": {"role": "partner_lead", "partner": "ska"},
    "ally": {"role": "partner_lead", "partner": "cbga"},
    "other": {"role": "partner_member", "partner": "sathi"},
    "chief": {"role": "partner_lead", "partner": "sathi"},
    "desk": {"role": "desk", "country": "IN"},
    "away": {"role": "desk", "country": "GH"},
    "ibp": {"role": "reviewer"},
    "admin": {"role": "administrator"},
}


@dataclass(frozen=True)
class Someone:
    """One person at one browser. Every request carries the cookies of the sign-in, whatever came after it."""

    app: Flask
    account: Account | None
    cookies: tuple[tuple[str, str], ...]
    token: str

    def get(self, path: str) -> TestResponse:
        return self._browser().get(path)

    def post(self, path: str, **form: Any) -> TestResponse:
        """Send a form with the token of this person's pages; a value may be a list, or a file with its name."""
        fields = {"csrf_token": self.token, **form}
        as_text = not any(isinstance(value, tuple) for value in fields.values())
        kind = "application/x-www-form-urlencoded" if as_text else "multipart/form-data"
        with self.app.app_context():
            return self._browser().client.open(
                path,
                method="POST",
                data=urlencode(fields, doseq=True) if as_text else fields,
                content_type=kind,
                base_url=BASE,
                buffered=True,
            )

    def _browser(self) -> Browser:
        browser = Browser(self.app)
        for name, value in self.cookies:
            browser.set_cookie(name, value)
        return browser


def everybody(app: Flask) -> dict[str, Someone]:
    """One of each column."""
    return {name: _someone(app, an_account(**ABOUT[name]) if name in ABOUT else None) for name in COLUMNS}


def _someone(app: Flask, account: Account | None) -> Someone:
    browser = Browser(app)
    if account:
        browser.sign_in(account)
    token = browser.token()
    cookies = tuple((cookie.key, cookie.value) for cookie in browser.client._cookies.values())
    return Someone(app, account, cookies, token)
