"""A report from the website without script: filed, read by the partner, answered, and the answer read again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.demo.accounts import PASSWORD
from tests.journeys.looking import look
from tests.run.product import Product

WORDS = "The dispensary has had no malaria drugs since Monday webcanary"
REPLY = "The county store delivers on Thursday."
MORE = "It is the one by the market webcanary"


@pytest.fixture
def citizen(browser: Browser) -> Iterator[BrowserContext]:
    """A small phone whose browser runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB", viewport={"width": 240, "height": 320})
    yield context
    context.close()


def url(product: Product, path: str) -> str:
    return f"http://127.0.0.1:{product.port}{path}"


def go_on(page: Page, question: str, button: str = "Continue") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(question)
    look(page, question.lower().replace(" ", "-").strip("?"))


def report(page: Page, product: Product) -> tuple[str, str]:
    """Answer every question; returns the reference and the secret."""
    page.goto(url(product, "/report"))
    look(page, "country")
    page.get_by_label("Kenya").check()
    go_on(page, "What is it about?")
    page.get_by_label("Health").check()
    go_on(page, "What is wrong?")
    page.get_by_label("No drugs").check()
    go_on(page, "Where is it? (optional)")
    page.get_by_label("Area").select_option("Busia")
    go_on(page, "What happened? (optional)")
    page.get_by_label("Your words").fill(WORDS)
    go_on(page, "May we send you text messages?")
    go_on(page, "Check your answers")
    go_on(page, "Your report is recorded", "Send the report")
    return tuple(page.locator("dd.code").all_inner_texts())


def open_report(page: Page, product: Product, reference: str, secret: str) -> None:
    page.goto(url(product, "/track"))
    look(page, "track")
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Secret").fill(secret.lower())
    go_on(page, f"Your report {reference}", "Show the report")


def sign_in(page: Page, product: Product, who: str = "cedc") -> None:
    page.goto(url(product, "/sign-in"))
    page.get_by_label("E-mail address").fill(f"{who}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_from_an_anonymous_report_to_the_partners_answer_on_the_same_website(
    product: Product, browser: Browser, citizen: BrowserContext
) -> None:
    phone, desk = citizen.new_page(), browser.new_page()
    reference, secret = report(phone, product)

    sign_in(desk, product)
    desk.get_by_role("link", name=reference).first.click()
    expect(desk.get_by_text(WORDS).first).to_be_visible()
    desk.get_by_label("Your reply").fill(REPLY)
    desk.get_by_role("button", name="Send the reply").click()
    expect(desk.get_by_text(REPLY).first).to_be_visible()

    open_report(phone, product, reference, secret)
    expect(phone.get_by_text(REPLY)).to_be_visible()
    phone.get_by_label("Your words").fill(MORE)
    go_on(phone, f"Your report {reference}", "Send")
    expect(phone.get_by_role("status")).to_contain_text("Your message is kept.")
    phone.reload()
    expect(phone.get_by_text(REPLY)).to_be_visible()
    phone.get_by_role("button", name="Close this report").click()
    expect(phone.get_by_role("status")).to_have_text("The report is closed on this phone.")

    desk.reload()
    expect(desk.get_by_text(MORE).first).to_be_visible()
    expect(desk.get_by_text("The person has asked to read it").first).to_be_visible()
    desk.close()


def test_the_browsers_own_back_button_goes_through_the_questions(product: Product, citizen: BrowserContext) -> None:
    page = citizen.new_page()
    page.goto(url(product, "/report?country=KE"))
    for answer, question in (("Health", "What is wrong?"), ("No drugs", "Where is it? (optional)")):
        page.get_by_label(answer).check()
        go_on(page, question)
    go_on(page, "What happened? (optional)")
    page.get_by_label("Your words").fill(WORDS)
    go_on(page, "May we send you text messages?")
    page.go_back()
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    page.go_back()
    page.go_back()
    expect(page.get_by_label("No drugs")).to_be_checked()
    page.get_by_label("No nurse, or closed").check()
    go_on(page, "Where is it? (optional)")


def test_nothing_that_was_written_holds_the_words(product: Product) -> None:
    """Run after the journeys: the output of every process, and each file but the database's."""
    files = [path for path in product.instance.rglob("*") if path.is_file() and "database" not in path.parts]
    written = [product.said, product.logged, *(path.read_text(errors="replace") for path in files)]
    assert not [text for text in written if "webcanary" in text]
