"""Every page that anybody may open, and every page of a report, as axe-core sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.demo.accounts import PASSWORD
from tests.journeys import axe
from tests.journeys.looking import look
from tests.journeys.test_web_report import url
from tests.run.product import Product

OPEN_PAGES = (
    *("/", "/sign-in", "/report", "/report?language=hi", "/track", "/track?language=sw"),
    *("/report/kept", "/report/kept?country=KE&language=wo"),
    *("/open/figures", "/open/KE", "/open/KE/health", "/open/KE/health/poster", "/simulator", "/nothing-here"),
)

PAGES_OF_A_LEAD = (
    *(
        "/inbox/for-me",
        "/inbox/views",
        "/inbox/exports",
        "/inbox/exports/new",
        "/inbox/bulk?tab=all",
        "/numbers-shown",
    ),
    *("/account", "/account/letters", "/account/password", "/account/prove", "/api/tokens", "/webhooks"),
    *("/due-dates", "/due-dates/cedc/hours", "/entering", "/gaps", "/cases", "/directory"),
    *("/admin", "/admin/entry/ke-health", "/admin/entry/ke-health/problems", "/admin/why"),
)

SHEETS = {
    "sheet-wrong": b"words,area\nno drugs,NOWHERE\n,KE-04\n",
    "sheet-right": b"words,area\nno drugs at Nambale,KE-04\n",
}

STEPS = (("Health", "sector"), ("No drugs", "problem"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def go_on(page: Page, name: str, button: str = "Continue") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state("load")
    axe.check(page, name)


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    assert [wrong.split(":")[0] for wrong in axe.violations(page, 320)] == ["image-alt"]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_for_everybody_has_nothing_that_axe_finds_wrong(product: Product, page: Page, path: str) -> None:
    page.goto(url(product, path))
    axe.check(page, path)


@pytest.mark.parametrize("path", ["/report", "/report?country=KE", "/report/kept?country=KE", "/track"])
def test_a_page_can_be_read_from_right_to_left(product: Product, page: Page, path: str) -> None:
    page.goto(url(product, path))
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for choice in page.locator(".pick:visible").all()[:1]:
        tick, name = (choice.locator(part).bounding_box() for part in ("input", "label"))
        assert tick["x"] > name["x"]


def test_no_page_of_a_report_has_anything_that_axe_finds_wrong(product: Product, page: Page) -> None:
    page.goto(url(product, "/report"))
    go_on(page, "country, refused")
    page.get_by_label("Kenya").check()
    go_on(page, "sector")
    for answer, name in STEPS:
        go_on(page, f"{name}, refused")
        page.get_by_label(answer).check()
        go_on(page, f"after {name}")
    go_on(page, "words")
    page.get_by_label("Your words").fill("no malaria drugs " * 150)
    go_on(page, "words, too long")
    page.get_by_label("Your words").fill("no malaria drugs")
    go_on(page, "contact")
    page.get_by_label("Yes").check()
    go_on(page, "contact, refused")
    page.get_by_label("No", exact=True).check()
    go_on(page, "check")
    go_on(page, "done", "Send the report")
    reference, secret = page.locator("dd.code").all_inner_texts()

    page.goto(url(product, "/track"))
    go_on(page, "track, refused", "Show the report")
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Secret").fill(secret)
    go_on(page, "report", "Show the report")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Your report {reference}")
    go_on(page, "report, refused", "Send")
    go_on(page, "delete", "DELETE my words")
    go_on(page, "deleted", "Yes, delete")
    go_on(page, "closed", "Close this report")


def sign_in(page: Page, product: Product, who: str) -> None:
    page.goto(url(product, "/sign-in"))
    page.get_by_label("E-mail address").fill(f"{who}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state("load")


def first_link(page: Page, product: Product, listed: str) -> str:
    """Where the first thing of this list leads to."""
    page.goto(url(product, listed))
    return page.locator("main :is(h2, h3) a").first.get_attribute("href") or ""


def open_all(page: Page, product: Product, *paths: str) -> None:
    """With all that is folded unfolded: nothing sticks out at any width, and axe-core finds nothing on a phone."""
    for path in paths:
        page.goto(url(product, path))
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        look(page, path.strip("/").replace("/", "-"))
        axe.check(page, path, axe.WIDTHS[:1])


def test_no_page_of_a_partner_has_anything_that_axe_finds_wrong(product: Product, page: Page) -> None:
    sign_in(page, product, "cedc")
    open_all(page, product, *PAGES_OF_A_LEAD)
    report = first_link(page, product, "/inbox?tab=all&status=new")
    open_all(
        page, product, report, f"{report}/sheet", *(first_link(page, product, one) for one in ("/gaps", "/cases"))
    )


def test_no_page_of_the_reviewer_has_anything_that_axe_finds_wrong(product: Product, page: Page) -> None:
    sign_in(page, product, "ibp")
    open_all(page, product, "/review", "/review?country=KE&sector=health", first_link(page, product, "/cases"))


def test_what_is_wrong_with_a_sheet_is_told_in_a_page_that_axe_finds_nothing_wrong_with(
    product: Product, page: Page
) -> None:
    sign_in(page, product, "cedc")
    page.goto(url(product, "/entering/sheet"))
    for name, sheet in SHEETS.items():
        page.get_by_label("Your sheet").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": sheet})
        page.get_by_role("button", name="Look it through").click()
        page.wait_for_load_state("load")
        look(page, name)
        axe.check(page, name)


def test_no_page_of_texts_and_languages_has_anything_that_axe_finds_wrong(product: Product, page: Page) -> None:
    sign_in(page, product, "admin")
    for path in ("/admin/languages", "/admin/languages/hi", "/admin/languages/hi/aloud"):
        page.goto(url(product, path))
        axe.check(page, path)
    page.goto(url(product, "/admin/languages/hi?q=wrong"))
    page.locator("main a[href*='/text/']").first.click()
    page.wait_for_load_state("load")
    axe.check(page, "text")
    page.locator("textarea[name=said]").fill("")
    page.locator("button[name=act][value=look]").click()
    page.wait_for_load_state("load")
    axe.check(page, "text, refused")
