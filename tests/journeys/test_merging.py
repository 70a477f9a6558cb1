"""Two people text about one thing; the partner merges their reports, and both hear what comes of it, to the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.looking import look
from tests.journeys.test_simulator import PHONE, acknowledged, address, got, text, use
from tests.journeys.test_web_report import sign_in
from tests.run.product import Product

WORDS = "Nambale dispensary has no malaria drugs since Monday", "no malaria drugs at Nambale dispensary, Busia"
QUESTION = "was it solved? Reply 1 yes, 2 no, 3 partly"


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Three people's browsers: two citizens' phones, and the partner's."""
    opened = [browser.new_context(viewport=PHONE, locale="en-GB") for _ in range(3)]
    yield opened
    for context in opened:
        context.close()


def phone(context: BrowserContext, product: Product) -> Page:
    page = context.new_page()
    page.goto(address(product, "/simulator"))
    page.get_by_label("Country").select_option("KE")
    use(page, "at-sms-ke")
    return page


def report_and_agree_to_be_asked(page: Page, words: str) -> str:
    """Returns the reference."""
    text(page, words)
    reference = acknowledged(page)
    text(page, "STATUS")
    got(page, "May we text you later to ask")
    text(page, "1")
    got(page, "Thank you.")
    return reference


def set_status(page: Page, *statuses: str) -> None:
    card = page.get_by_role("region", name="Change the status")
    for status in statuses:
        card.get_by_label(status, exact=True).check()
        card.get_by_role("button", name="Change the status").click()
        expect(page.locator("#page .heading .state")).to_have_text(status)


def merge(page: Page, other: str) -> None:
    """Have the report on this page, which looks like that one, be merged into it."""
    card = page.get_by_role("region", name="Merge with another report")
    card.locator("summary").click()
    card.get_by_role("radio", name=re.compile(other)).check()
    card.get_by_label("the other one").check()
    card.get_by_label("Why they are the same").fill("the same dispensary on the same day")
    look(page, "merge")
    card.get_by_role("button", name="Merge them").click()
    expect(page.get_by_role("region", name="Merged")).to_contain_text(f"which goes on: {other}")


def take_out(page: Page) -> None:
    merged = page.get_by_role("region", name="Merged")
    merged.get_by_text("It is not the same after all").click()
    merged.get_by_label("Why").fill("they speak of another counter")
    look(page, "unmerge")
    merged.get_by_role("button", name="Have it go on by itself").click()
    expect(page.locator("#page .heading .state")).to_have_text("New")


def test_two_who_said_the_same_hear_what_comes_of_it_and_either_may_say_that_it_is_not_solved(
    product: Product, contexts: list[BrowserContext]
) -> None:
    first, second = phone(contexts[0], product), phone(contexts[1], product)
    kept, merged = (report_and_agree_to_be_asked(*one) for one in zip((first, second), WORDS, strict=True))

    page = contexts[2].new_page()
    sign_in(page, product)
    page.goto(address(product, f"/inbox/{kept}"))
    set_status(page, "Taken up", "In follow-up")
    page.goto(address(product, f"/inbox/{merged}"))
    merge(page, kept)
    got(second, f"{merged}: joined with an earlier report")

    page.goto(address(product, f"/inbox/{kept}"))
    set_status(page, "Resolved")
    got(first, f"{kept}: {QUESTION}")
    got(second, f"{merged}: {QUESTION}")
    text(first, "1")
    got(first, f"{kept}: you confirmed it is solved")
    text(second, "2")
    got(first, f"{kept}: opened again")
    got(second, f"{merged}: opened again")

    page.goto(address(product, f"/inbox/{merged}"))
    take_out(page)
    told = second.locator("#thread .theirs").filter(has_text=f"{merged}: recorded, waiting for a person")
    expect(told).to_have_count(2, timeout=15_000)  # when asked before, and now
    page.goto(address(product, f"/inbox/{kept}"))
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("A merged report goes on by itself again")
