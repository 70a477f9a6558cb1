"""A phone that says where it is: only when its owner presses the button, and only as exactly as they want."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.demo.accounts import PASSWORD
from tests.journeys import axe
from tests.journeys.looking import look
from tests.journeys.test_web_report import url
from tests.run.product import Product

NAMBALE = {"latitude": 0.4601234, "longitude": 34.2439876}


def phone(browser: Browser, **settings: object) -> BrowserContext:
    return browser.new_context(locale="en-GB", viewport={"width": 240, "height": 320}, **settings)


def go_to_the_place(page: Page, product: Product) -> None:
    page.goto(url(product, "/report?country=KE&sector=health"))
    page.get_by_label("No drugs").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is it? (optional)")


def go_to_the_end(page: Page) -> None:
    for _ in range(3):
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def seen_by_the_partner(browser: Browser, product: Product, reference: str) -> str:
    desk = browser.new_page()
    desk.goto(url(product, "/sign-in"))
    desk.get_by_label("E-mail address").fill("cedc@demo.example")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    desk.goto(url(product, f"/inbox/{reference}"))
    look(desk, "partner-sees-location")
    said = desk.get_by_text("Where they stood").locator("..").inner_text()
    desk.close()
    return " ".join(said.split())


@pytest.mark.parametrize(
    ("exact", "shown"), [(False, "0.46, 34.24 to about 1 km"), (True, "0.46012, 34.24399 exact")]
)
def test_a_location_goes_from_the_phone_to_the_partner(
    product: Product, browser: Browser, exact: bool, shown: str
) -> None:
    citizen = phone(browser, geolocation=NAMBALE, permissions=["geolocation"])
    page = citizen.new_page()
    go_to_the_place(page, product)
    if exact:
        page.get_by_label("My exact place").check()
    page.get_by_role("button", name="Use my location").click()
    expect(page.get_by_label("Send my location")).to_be_checked()
    look(page, f"located-{exact}")
    axe.check(page, "located")
    go_to_the_end(page)
    look(page, f"located-check-{exact}")
    page.get_by_role("button", name="Send the report").click()
    reference = page.locator("dd.code").first.inner_text()
    assert seen_by_the_partner(browser, product, reference).endswith(shown)
    citizen.close()


def test_who_unticks_it_sends_no_location(product: Product, browser: Browser) -> None:
    citizen = phone(browser, geolocation=NAMBALE, permissions=["geolocation"])
    page = citizen.new_page()
    go_to_the_place(page, product)
    page.get_by_role("button", name="Use my location").click()
    page.get_by_label("Send my location").uncheck()
    go_to_the_end(page)
    expect(page.get_by_text("34.24")).to_have_count(0)
    citizen.close()


def test_a_phone_that_tells_nothing_leaves_the_list(product: Product, browser: Browser) -> None:
    citizen = phone(browser, permissions=[])
    page = citizen.new_page()
    go_to_the_place(page, product)
    page.get_by_role("button", name="Use my location").click()
    expect(page.get_by_role("status")).to_have_text("Your phone does not tell where you are. Choose the area.")
    look(page, "not-located")
    go_to_the_end(page)
    citizen.close()
