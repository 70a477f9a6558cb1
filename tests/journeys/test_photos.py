"""Photos from a phone's browser to the partner's inbox: made smaller on the phone where it runs script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from app.demo.accounts import PASSWORD
from tests.builders.photos import CANARY, a_photo
from tests.journeys.looking import look
from tests.run.product import Product

CAMERA = (4000, 3000)
SENT_AT_MOST = 700_000
"""Bytes that the phone may send for a photo of 12 million pixels."""


def phone(browser: Browser, runs_script: bool) -> BrowserContext:
    """Without the worker that keeps reports for later: it hides from the browser's log what is sent."""
    seen = {"viewport": {"width": 240, "height": 320}, "service_workers": "block"}
    return browser.new_context(java_script_enabled=runs_script, locale="en-GB", **seen)


def url(product: Product, path: str) -> str:
    return f"http://127.0.0.1:{product.port}{path}"


def go_to_the_last_page(page: Page, product: Product, words: str) -> None:
    page.goto(url(product, "/report?country=KE"))
    for choose in ("Health", "No drugs"):
        page.get_by_label(choose).check()
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your words").fill(words)
    for _ in range(2):
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def send(page: Page) -> str:
    """Send the report; its reference."""
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report is recorded", timeout=30_000)
    return page.locator("dd.code").first.inner_text()


def a_file(number: int) -> dict[str, object]:
    name, content = f"IMG_{CANARY}_{number}.jpg", a_photo(CAMERA)
    return {"name": name, "mimeType": "image/jpeg", "buffer": content + b"\0" * (1_500_000 - len(content))}


def sizes_chosen(page: Page) -> list[int]:
    return page.get_by_label("Photos").evaluate("field => [...field.files].map(file => file.size)")


def sign_in(page: Page, product: Product) -> None:
    page.goto(url(product, "/sign-in"))
    page.get_by_label("E-mail address").fill("cedc@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("runs_script", [True, False], ids=["script", "no script"])
def test_photos_go_from_a_phone_to_the_partner(product: Product, browser: Browser, runs_script: bool) -> None:
    citizen, desk = phone(browser, runs_script), browser.new_context()
    page, staff = citizen.new_page(), desk.new_page()
    go_to_the_last_page(page, product, "no malaria drugs")
    page.get_by_label("Photos").set_input_files([a_file(1), a_file(2)])
    if runs_script:
        expect(page.get_by_role("status")).to_have_text("Photos ready: 2", timeout=30_000)
        assert max(sizes_chosen(page)) < SENT_AT_MOST
    look(page, f"photos-chosen-{runs_script}")
    reference = send(page)

    sign_in(staff, product)
    listed = staff.get_by_role("article").filter(has=staff.get_by_role("link", name=reference))
    expect(listed.get_by_text("2 photos")).to_be_visible()
    staff.get_by_role("link", name=reference).first.click()
    look(staff, "report-with-photos")
    staff.get_by_role("img", name="Photo 2 of 2").click()
    look(staff, "photo")
    shown = staff.get_by_role("img", name=re.compile("^Photo 2 of 2"))
    assert shown.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [1600, 1200]
    citizen.close()
    desk.close()


def test_who_presses_the_button_while_photos_are_made_smaller_sends_the_smaller_ones(
    product: Product, browser: Browser
) -> None:
    citizen = phone(browser, runs_script=True)
    page = citizen.new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    go_to_the_last_page(page, product, "no nurse")
    page.get_by_label("Photos").set_input_files([a_file(1), a_file(2), a_file(3)])
    send(page)
    (sent,) = [request for request in asked if request.url.endswith("/report/send")]
    assert 0 < int(sent.all_headers()["content-length"]) < 3 * SENT_AT_MOST
    citizen.close()


def test_nothing_that_was_written_holds_a_photo_or_what_clung_to_it(product: Product) -> None:
    """Run after the journeys: the output of every process, and each file but the database's."""
    files = [path for path in product.instance.rglob("*") if path.is_file() and "database" not in path.parts]
    written = [product.said.encode(), product.logged.encode(), *(path.read_bytes() for path in files)]
    assert not [text for text in written if CANARY.encode() in text or b"JFIF" in text]
