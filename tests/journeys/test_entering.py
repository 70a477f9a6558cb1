"""What staff type for others stays on the device: without the number, for nobody else to see, and not for long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys import axe
from tests.journeys.looking import look
from tests.journeys.test_web_report import sign_in, url
from tests.run.product import Product

WORDS, NUMBER = "no malaria drugs at Nambale keptcanary", "+254711082977"
NOT_YET = "window.addEventListener('online', event => event.stopImmediatePropagation(), true)"
"""Does not send what waits as soon as there is network."""

HELD = "JSON.stringify(localStorage)"


@pytest.fixture
def computer(browser: Browser) -> Iterator[BrowserContext]:
    """An office's computer, which several people use one after the other."""
    context = browser.new_context(locale="en-GB", viewport={"width": 320, "height": 640})
    yield context
    context.close()


def sign_in_to_enter(page: Page, product: Product, who: str = "cedc") -> None:
    sign_in(page, product, who)
    page.goto(url(product, "/entering"))


def fill(page: Page, words: str = WORDS, number: str = NUMBER) -> None:
    page.get_by_label("What they said").fill(words)
    page.get_by_label("Their phone number").fill(number)
    page.get_by_label("The person agreed that we text them").check()


def enter(page: Page) -> None:
    page.get_by_role("button", name="Enter it").click()


def enter_without_network(page: Page) -> None:
    enter(page)
    expect(page.get_by_role("status")).to_contain_text("Kept on this device until there is network: 1")


def begun(page: Page) -> str:
    return page.get_by_label("What they said").input_value()


def test_what_was_begun_is_there_again_without_the_number_and_goes_when_it_has_arrived(
    product: Product, computer: BrowserContext
) -> None:
    page = computer.new_page()
    sign_in_to_enter(page, product)
    fill(page)
    assert NUMBER not in page.evaluate(HELD)
    page.reload()
    assert begun(page) == WORDS
    expect(page.get_by_label("Their phone number")).to_have_value("")
    look(page, "entering")
    axe.check(page, "entering")
    fill(page)
    computer.set_offline(True)
    page.evaluate("Object.defineProperty(navigator, 'onLine', {get: () => true})")
    enter(page)
    computer.set_offline(False)
    page.goto(url(product, "/entering"))
    assert begun(page) == WORDS
    fill(page)
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("It is entered")
    assert WORDS not in page.evaluate(HELD)


def test_what_waits_for_network_keeps_its_number_until_it_is_sent_and_not_a_moment_longer(
    product: Product, computer: BrowserContext
) -> None:
    page = computer.new_page()
    sign_in_to_enter(page, product)
    computer.set_offline(True)
    fill(page, f"{WORDS} again", "+254711082978")
    enter_without_network(page)
    assert "+254711082978" in page.evaluate(HELD)
    computer.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("Sent from this device: 1")
    assert page.evaluate(HELD) == "{}"


def test_nothing_outlives_a_day_or_is_shown_to_somebody_else(product: Product, computer: BrowserContext) -> None:
    page = computer.new_page()
    page.clock.install()
    sign_in_to_enter(page, product)
    computer.set_offline(True)
    fill(page, f"{WORDS} waits")
    enter_without_network(page)
    page.get_by_label("What they said").fill("begun")
    page.evaluate(NOT_YET)
    computer.set_offline(False)
    computer.clear_cookies()  # the session ended by itself
    sign_in_to_enter(page, product, "cedc.member")
    assert begun(page) == ""
    assert page.evaluate("Object.keys(localStorage).map(name => name.replace(/\\d+$/, '')).join()") == (
        "gapline-entries-"
    )
    page.clock.fast_forward("24:01:00")
    assert page.evaluate(HELD) == "{}"


def test_signing_out_takes_it_along_and_asks_first_where_something_waits(
    product: Product, computer: BrowserContext
) -> None:
    page = computer.new_page()
    sign_in_to_enter(page, product)
    computer.set_offline(True)
    fill(page)
    enter_without_network(page)
    fill(page, "begun")
    answers = iter([False, True])
    page.on("dialog", lambda asked: asked.accept() if next(answers) else asked.dismiss())
    page.evaluate(NOT_YET)
    page.get_by_role("button", name="Sign out").click()
    assert "keptcanary" in page.evaluate(HELD)
    computer.set_offline(False)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    assert page.evaluate(HELD) == "{}"
