"""People with an authenticator app: it shows codes, one for each half minute."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

import pyotp
from flask import Flask

from app.access import factor
from app.access.models import Account
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.builders.accounts import PASSWORD, an_account


class Phone:
    """An authenticator app that has read a secret."""

    def __init__(self, secret: str) -> None:
        self.totp = pyotp.TOTP(secret)

    def code(self, later: int = 0) -> str:
        """The code of now, or of so many half minutes later."""
        return self.totp.generate_otp(int(time.time()) // 30 + later)


def enrolled(**about: str) -> tuple[Account, Phone, list[str]]:
    """An account with a second factor that has not been used yet, its phone, and its recovery codes."""
    account = an_account(**about)
    with acting_as(SIGN_IN), transaction() as session:
        row = session.get_one(Account, account.id)
        factor.begin(row)
        phone = Phone(factor.draft_of(row) or "")
        codes = factor.confirm(session, row, phone.code(-1), datetime.now(UTC))
        assert codes
        return row, phone, list(codes)


def enrol(browser: Browser) -> tuple[Phone, list[str]]:
    """Set it up on the pages, as a person does."""
    assert browser.post("/account/second-factor/begin").status_code == 303
    page = browser.get("/account/second-factor").text
    phone = Phone(re.search(r'<p class="code">([^<]+)</p>', page)[1].replace(" ", ""))
    answer = browser.post("/account/second-factor/confirm", code=phone.code(-1))
    assert answer.status_code == 200, answer.text
    return phone, re.findall(r'<span class="code">([^<]+)</span>', answer.text)


def try_code(app: Flask, account: Account, code: str) -> tuple[Browser, int]:
    """Sign in with password and this code; returns the browser and what the code page answered."""
    browser = Browser(app)
    assert browser.try_password(account.email, PASSWORD).location.startswith("/sign-in/code")
    return browser, browser.post("/sign-in/code", code=code).status_code
