"""Somebody is invited, joins, sets up a second factor, and gets in again in every way: a forgotten password too."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys import axe
from tests.journeys.looking import look
from tests.journeys.test_web_report import sign_in, url
from tests.run.product import Product, wait_for

EMAIL = "amina@example.org"
FIRST, SECOND = "many mangoes on the bridge", "seven boats behind the school"


@pytest.fixture
def person(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB")
    yield context
    context.close()


def see(page: Page, name: str) -> None:
    """Nothing sticks out, and axe-core finds nothing."""
    look(page, name)
    axe.check(page, name)


def link_in_letter(product: Product, path: str) -> str:
    """The last link of this kind that was printed for our person."""
    pattern = re.compile(rf"https?://[^/\s]+(/{path}/\S+)")
    wait_for(lambda: bool(pattern.search(product.logged)), "no letter")
    return pattern.findall(product.logged)[-1]


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state("load")


def code(secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).generate_otp(int(time.time()) // 30 + later)


def invite(page: Page, product: Product) -> None:
    sign_in(page, product)
    page.get_by_role("link", name="Team", exact=True).click()
    see(page, "team")
    page.get_by_label("Their e-mail address").fill("nobody")
    page.locator("#email").evaluate("field => field.form.noValidate = true")
    press(page, "Send the invitation")
    see(page, "team-refused")
    page.get_by_label("Their e-mail address").fill(EMAIL)
    press(page, "Send the invitation")
    expect(page.get_by_role("status")).to_contain_text("on its way")
    see(page, "team-invited")


def join(page: Page, product: Product) -> None:
    page.goto(url(product, link_in_letter(product, "join")))
    see(page, "join")
    page.get_by_label("Your name").fill("Amina")
    page.get_by_label("New password").fill(FIRST)
    press(page, "Join")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    see(page, "factor-begin")


def enrol(page: Page) -> tuple[str, list[str]]:
    """Returns the secret and the recovery codes."""
    press(page, "Set it up")
    page.get_by_text("Or type the secret into the app").click()
    secret = page.locator("details .code").inner_text().replace(" ", "")
    see(page, "factor-picture")
    page.get_by_label("Type the code that the app shows").fill("000000")
    press(page, "Turn it on")
    see(page, "factor-refused")
    page.get_by_label("Type the code that the app shows").fill(code(secret, -1))
    press(page, "Turn it on")
    see(page, "recovery-codes")
    codes = page.locator(".codes .code").all_inner_texts()
    page.get_by_role("link", name="I have written them down").click()
    see(page, "account")
    return secret, codes


def come_in(page: Page, product: Product, password: str, given: str) -> None:
    """From signed out to the inbox, with password and code."""
    press(page, "Sign out")
    page.goto(url(product, "/sign-in"))
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your code")
    see(page, "code")
    page.get_by_label("Code").fill(given)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")


def choose_another_password(page: Page, product: Product) -> None:
    page.goto(url(product, "/forgotten-password"))
    see(page, "forgotten")
    page.get_by_label("E-mail address").fill(EMAIL)
    press(page, "Send me a link")
    see(page, "forgotten-sent")
    page.goto(url(product, link_in_letter(product, "new-password")))
    page.get_by_label("New password").fill("passwordpassword")
    press(page, "Keep this password")
    see(page, "new-password-refused")
    page.get_by_label("New password").fill(SECOND)
    press(page, "Keep this password")
    expect(page.get_by_role("status")).to_have_text("The new password is kept. Sign in with it.")


def test_from_an_invitation_to_a_second_factor_and_a_new_password(
    product: Product, browser: Browser, person: BrowserContext
) -> None:
    lead, page = browser.new_page(), person.new_page()
    invite(lead, product)
    join(page, product)
    secret, codes = enrol(page)
    come_in(page, product, FIRST, code(secret))
    come_in(page, product, FIRST, codes[0].lower())
    choose_another_password(page, product)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(SECOND)
    press(page, "Sign in")
    page.get_by_label("Code").fill(codes[1])
    press(page, "Sign in")
    page.get_by_role("link", name="Amina").click()
    expect(page.get_by_text("8 recovery codes left")).to_be_visible()
    see(page, "account-later")
    lead.reload()
    lead.get_by_role("link", name="Going away?").click()
    see(lead, "absence")
    lead.close()


def test_all_of_it_works_without_script(product: Product, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr")
    page = context.new_page()
    page.goto(url(product, "/sign-in"))
    page.get_by_label("Adresse").fill("pfag.member@demo.example")
    page.locator("#password").fill("where did the money stop")
    page.locator("main form button").click()
    page.get_by_role("button", name="WACAM").click()
    expect(page.get_by_role("button", name="PFAG")).to_be_visible()
    look(page, "switched")
    context.close()
