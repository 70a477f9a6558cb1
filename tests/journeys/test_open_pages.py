"""From the home page to a printed poster, and from the poster into the form: without script, at any width."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.test_web_report import look, url
from tests.run.product import Product

A4 = (595, 842)
"""Points."""


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False, locale="en-GB", viewport={"width": 320, "height": 640})
    yield context
    context.close()


def test_from_the_home_page_to_a_poster_and_into_the_form(product: Product, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(url(product, "/"))
    page.get_by_role("heading", name="Kenya").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kenya")
    look(page, "country")
    page.get_by_role("link", name="Primary health care").click()
    expect(page.get_by_role("heading", name="How the money flows")).to_be_visible()
    look(page, "sector")
    page.get_by_role("link", name="Kiswahili").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sema kinachokosekana")
    look(page, "poster")
    assert pages_in(page) == [A4]
    page.get_by_role("figure").get_by_role("link").click()
    assert page.locator("html").get_attribute("lang") == "sw"
    assert page.locator("[name=problem]").count() > 1


def test_the_open_figures_are_at_the_foot_of_the_home_page(product: Product, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(url(product, "/"))
    page.get_by_role("contentinfo").get_by_role("link", name="Open figures").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Open figures")
    look(page, "figures")
    page.get_by_role("link", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"


def pages_in(page: Page) -> list[tuple[int, int]]:
    """The sizes in points of the sheets on which this page is printed."""
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    return [(round(float(width)), round(float(height))) for width, height in boxes]
