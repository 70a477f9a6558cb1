"""Triage in a real browser: by keyboard alone, many at once and undone, two people at one report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.database import db
from app.demo.accounts import PASSWORD
from app.factory import create_app
from app.settings import load_settings
from sms.segments import count
from tests.app.inbox.many import reports_at
from tests.journeys import axe
from tests.journeys.looking import look
from tests.journeys.test_web_report import url
from tests.run.product import Product

LEAD, MEMBER = "cedc@demo.example", "cedc.member@demo.example"


@pytest.fixture(scope="module")
def product(product: Product) -> Product:
    """With twelve reports that came in the last minutes."""
    app = create_app(load_settings({"INSTANCE": str(product.instance)}))
    with app.app_context():
        reports_at([datetime.now(UTC) - timedelta(minutes=minutes) for minutes in range(1, 13)])
        db.engine.dispose()
    return product


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def desk_of(browser: Browser, contexts: list[BrowserContext], product: Product, email: str) -> Page:
    """Somebody's browser, signed in, at their inbox; what goes wrong in its scripts fails the test."""
    contexts.append(browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}))
    page = contexts[-1].new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script: {error}"))
    page.on("console", lambda said: said.type == "error" and "40" not in said.text and pytest.fail(said.text))
    page.goto(url(product, "/sign-in"))
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox")
    return page


def counts_loads(page: Page) -> list[str]:
    """Each document that is loaded from now on."""
    loads: list[str] = []
    page.on("domcontentloaded", lambda at: loads.append(at.url))
    return loads


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def go_to(page: Page, button: str) -> None:
    """On with Tab to this button, past whatever else the form offers."""
    for _step in range(6):
        press(page, "Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == button:
            return
    pytest.fail(f"{button} is not near")


def test_ten_reports_are_triaged_by_keyboard_alone(
    browser: Browser, contexts: list[BrowserContext], product: Product
) -> None:
    page = desk_of(browser, contexts, product, LEAD)
    page.goto(url(product, "/inbox?tab=all&status=new"))
    references = page.locator(".reports h2 a").all_inner_texts()[:10]
    assert len(references) == 10
    press(page, "j")
    expect(page.locator(".reports h2 a").first).to_be_focused()
    press(page, "j", "k", "Enter")
    for number, reference in enumerate(references):
        page.wait_for_url(f"**/inbox/{reference}")
        loads = counts_loads(page)
        press(page, "e", "Space")
        page.get_by_role("radio", name="Taken up").wait_for()
        expect(page.get_by_role("radio", name="Taken up")).to_be_checked()
        press(page, "Tab")
        page.keyboard.type("just keys: jkxearns/?")
        press(page, "Tab", "Enter")
        expect(page.locator("#page .done")).to_have_text("The status is changed.")
        expect(page.locator("#status-title")).to_be_focused()
        press(page, "n")
        page.keyboard.type(f"Note {number}")
        go_to(page, "Keep the note")
        press(page, "Enter")
        expect(page.locator("#page .done")).to_have_text("The note is kept.")
        expect(page.locator("#said")).to_have_text("The note is kept.")
        assert loads == [], "each act without a new page"
        press(page, "j")
    page.goto(url(product, "/inbox?tab=all&status=acknowledged&q=Note"))
    assert set(references) <= set(page.locator(".reports h2 a").all_inner_texts())


def test_keys_are_told_of_and_switched_off(
    browser: Browser, contexts: list[BrowserContext], product: Product
) -> None:
    page = desk_of(browser, contexts, product, LEAD)
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    axe.check(page, "keys")
    press(page, "Escape")
    press(page, "/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("?jx")
    expect(page.locator("#q")).to_have_value("?jx")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Keys are on in this browser").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    press(page, "j", "?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("document.activeElement === document.body")


def test_several_are_ticked_dealt_with_at_once_and_put_back(
    browser: Browser, contexts: list[BrowserContext], product: Product
) -> None:
    page = desk_of(browser, contexts, product, LEAD)
    press(page, "j", "x", "j", "x", "j", "x")
    ticked = page.locator(".reports :checked").evaluate_all("boxes => boxes.map(box => box.value)")
    assert len(ticked) == 3
    press(page, "a")
    page.wait_for_url("**/inbox/bulk?**")
    expect(page.locator("#to")).to_be_focused()
    expect(page.locator("#chosen")).to_have_text("3 reports that you chose.")
    look(page, "bulk")
    axe.check(page, "bulk")
    page.locator("#to").select_option(label="CEDC lead (you)")
    page.get_by_label("Put these tags on").fill("journey")
    loads = counts_loads(page)
    page.get_by_role("button", name="Do it to 3 reports").click()
    expect(page.locator("#progress .done")).to_have_text("All is done.", timeout=20_000)
    assert loads == [], "the page looks again by itself"
    look(page, "bulk-done")
    axe.check(page, "bulk, done")
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator("#progress .done")).to_have_text("It is undone.", timeout=20_000)
    page.goto(url(product, "/inbox?tab=all&tag=journey"))
    expect(page.locator(".reports li")).to_have_count(0)


def test_two_people_at_one_report_see_each_other_and_nothing_of_theirs_is_lost(
    browser: Browser, contexts: list[BrowserContext], product: Product
) -> None:
    first, second = (desk_of(browser, contexts, product, email) for email in (LEAD, MEMBER))
    first.goto(url(product, "/inbox?tab=all&status=new"))
    path = first.locator(".reports h2 a").first.get_attribute("href") or ""
    first.goto(url(product, path))
    second.goto(url(product, path))
    expect(second.locator("#beside")).to_contain_text("CEDC lead has this report open too.")
    second.get_by_label("Your note").fill("Begun, not sent")
    expect(second.locator("#note-draft")).to_have_text("Draft kept. Only you see it.", timeout=10_000)
    first.get_by_role("radio", name="Taken up").check()
    first.get_by_role("button", name="Change the status").click()
    expect(first.locator("#page .done")).to_have_text("The status is changed.")
    second.get_by_role("radio", name="Needs information").check()
    second.get_by_label("Reason (optional)").fill("Which ward?")
    second.get_by_role("button", name="Change the status").click()
    expect(second.get_by_role("alert")).to_contain_text("Somebody changed this report while you had it open")
    expect(second.get_by_role("alert")).to_be_focused()
    expect(second.get_by_label("Reason (optional)")).to_have_value("Which ward?")
    expect(second.get_by_label("Your note")).to_have_value("Begun, not sent")
    second.reload()
    expect(second.get_by_label("Your note")).to_have_value("Begun, not sent")
    second.get_by_role("button", name="Discard the draft").click()
    expect(second.get_by_label("Your note")).to_have_value("")
    expect(first.locator("#beside")).to_contain_text("CEDC member has this report open too.", timeout=40_000)


def test_the_browser_counts_messages_as_the_server_does(
    browser: Browser, contexts: list[BrowserContext], product: Product
) -> None:
    page = desk_of(browser, contexts, product, LEAD)
    page.goto(url(product, "/inbox?tab=all&q=hosi+imefungwa+usiku"))
    page.locator(".reports h2 a").first.click()
    page.wait_for_url("**/inbox/*-*")
    before = page.locator("#segments").get_attribute("data-before") or ""
    for text in (
        "a",
        "a" * 148,
        "a" * 149,
        "{" * 75,
        "नमस्ते " * 9,
        "é^€" * 60,
        "😀" * 33,
        "ẹ" * 59,
        "a" * 152 + "{" * 90,
    ):
        page.get_by_label("Your reply").fill(text)
        expect(page.locator("#segments")).to_have_attribute("data-parts", str(count(before + text.strip()).parts))


def test_list_and_report_please_axe_at_both_widths(
    browser: Browser, contexts: list[BrowserContext], product: Product
) -> None:
    page = desk_of(browser, contexts, product, LEAD)
    look(page, "inbox")
    axe.check(page, "inbox")
    for path in ("/inbox/macros", "/inbox/macros/new"):
        page.goto(url(product, path))
        look(page, path.replace("/", "-"))
        axe.check(page, path)
    page.get_by_label("Name").fill("Take up and thank")
    page.get_by_label("New status").select_option(label="Taken up")
    page.get_by_role("group", name="Reply to the person").get_by_label("English").fill("Thank you, we are on it.")
    page.get_by_role("button", name="Keep the macro").click()
    look(page, "macros")
    axe.check(page, "macros, with one")
    page.goto(url(product, "/inbox"))
    page.locator(".reports h2 a").first.click()
    page.wait_for_url("**/inbox/*-*")
    look(page, "report")
    axe.check(page, "report")


def test_every_act_works_without_script(browser: Browser, contexts: list[BrowserContext], product: Product) -> None:
    contexts.append(browser.new_context(locale="en-GB", java_script_enabled=False))
    page = contexts[-1].new_page()
    page.goto(url(product, "/sign-in"))
    page.get_by_label("E-mail").fill(LEAD)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator(".reports [name=chosen]").first.check()
    page.get_by_role("button", name="Do something with those ticked").click()
    page.get_by_label("Priority").select_option(label="Urgent")
    page.get_by_role("button", name="Do it to this report").click()
    page.wait_for_timeout(1500)
    page.reload()
    expect(page.locator("#progress .done")).to_have_text("All is done.")


def test_a_place_is_corrected_on_the_picture_with_the_arrow_keys_and_the_list_says_the_same(
    browser: Browser, contexts: list[BrowserContext], product: Product
) -> None:
    page = desk_of(browser, contexts, product, LEAD)
    page.goto(url(product, "/inbox?tab=all&status=new"))
    page.locator(".reports h2 a").last.click()
    page.wait_for_url("**/inbox/*-*")
    card = page.get_by_role("region", name="Where it is")
    card.locator("summary").click()
    card.get_by_label("It is from").select_option("Siaya")
    expect(card.get_by_role("radio", name="Siaya")).to_be_checked()
    card.get_by_role("radio", name="Siaya").focus()
    press(page, "ArrowRight")
    expect(card.get_by_label("It is from")).to_have_value("KE-45")
    card.get_by_label("How you know").fill("she named the town")
    card.get_by_role("button", name="Correct the place").click()
    expect(page.locator(".done")).to_contain_text("The place is corrected")
    expect(page.get_by_role("region", name="Where it is").locator("p").first).to_have_text("Vihiga")
