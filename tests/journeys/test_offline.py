"""Reports written on a phone without network: kept there, sent once when it is back, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.demo.accounts import PASSWORD
from tests.builders.photos import a_photo
from tests.journeys import axe
from tests.journeys.looking import look
from tests.journeys.test_web_report import url
from tests.run.product import Product, wait_for

READY = """async () => {
  const cache = await caches.open("gapline-report"), kept = await cache.keys();
  return kept.filter(({ url }) => url.includes("/report/kept")).map(({ url }) => new URL(url).search).join();
}"""
EVERYTHING = """async () => {
  const names = await caches.keys(), found = [];
  for (const name of names) found.push(...await (await caches.open(name)).keys());
  return found.map(({ url }) => new URL(url).pathname);
}"""
HELD = "async () => JSON.stringify(await drafts.all())"


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", viewport={"width": 320, "height": 640})
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser, product: Product) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(url(product, "/sign-in"))
    page.get_by_label("E-mail address").fill("cedc@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    yield page
    page.close()


def made_ready(phone: BrowserContext, product: Product) -> Page:
    """A phone that was once at a question of its country, so that its browser has the kept page."""
    page = phone.new_page()
    page.goto(url(product, "/report?country=KE"))
    wait_for(lambda: "country=KE" in page.evaluate(READY))
    return page


def next_question(page: Page, question: str, button: str = "Continue") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(question)


def write_offline(page: Page, words: str) -> None:
    """Answer every question of the kept page, to its last button."""
    next_question(page, "What is it about?")
    expect(page.get_by_role("alert")).to_contain_text("Choose one of these.")
    page.get_by_label("Health", exact=True).check()
    next_question(page, "What is wrong?")
    page.get_by_label("No drugs").check()
    next_question(page, "Where is it? (optional)")
    page.get_by_label("Area").select_option("Busia")
    next_question(page, "What happened?")
    expect(page.get_by_text("Community Empowerment and Development Center reads them")).to_be_visible()
    page.get_by_label("Your words").fill(words)
    next_question(page, "May we send you text messages?")
    next_question(page, "Check your answers")
    expect(page.get_by_text(words)).to_be_visible()


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep it and send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports on this phone")


def times_at_the_desk(desk: Page, product: Product, words: str) -> int:
    """How many reports the partner has that say so."""
    desk.goto(url(product, "/inbox"))
    return desk.get_by_role("article").filter(has_text=words).count()


def test_a_report_written_without_network_is_sent_once_when_it_is_back(
    product: Product, phone: BrowserContext, desk: Page
) -> None:
    words = "no malaria drugs zebra"
    page = made_ready(phone, product)
    phone.set_offline(True)
    page.goto(url(product, "/report"))
    expect(page.get_by_text("There is no network now")).to_be_visible()
    look(page, "offline")
    write_offline(page, words)
    look(page, "offline-check")
    keep(page)
    expect(page.get_by_text("Waiting for network")).to_be_visible()
    look(page, "offline-waiting")
    page.close()
    assert times_at_the_desk(desk, product, words) == 0

    phone.set_offline(False)
    page = phone.new_page()
    page.goto(url(product, "/report/kept?country=KE&language=en"))
    expect(page.get_by_text("Your report is recorded")).to_be_visible()
    look(page, "offline-sent")
    reference, secret = page.locator("dd.code").all_inner_texts()
    assert words not in page.evaluate(HELD)
    for _ in range(2):
        page.reload()
        expect(page.get_by_text(reference)).to_be_visible()
    assert times_at_the_desk(desk, product, words) == 1

    page.get_by_role("button", name="I have written both down").click()
    expect(page.get_by_role("status")).to_have_text("Nothing is kept on this phone.")
    assert page.evaluate(HELD) == "[]"
    page.goto(url(product, "/track"))
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Secret").fill(secret)
    next_question(page, f"Your report {reference}", "Show the report")


def test_an_open_page_sends_by_itself_and_an_answer_that_was_lost_changes_nothing(
    product: Product, phone: BrowserContext, desk: Page
) -> None:
    words = "no nurse zebra"
    page = made_ready(phone, product)
    phone.set_offline(True)
    page.goto(url(product, "/report"))
    write_offline(page, words)
    keep(page)
    lost = []

    def lose_the_answer(route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/report/kept", lose_the_answer)
    phone.set_offline(False)
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Try again").or_(page.get_by_text("Your report is recorded")).first.click()
    expect(page.get_by_text("Your report is recorded")).to_be_visible()
    assert lost == [200]
    assert times_at_the_desk(desk, product, words) == 1


def test_where_the_network_goes_in_the_middle_the_answers_so_far_go_along(
    product: Product, phone: BrowserContext, desk: Page
) -> None:
    words = "closed clinic zebra"
    page = made_ready(phone, product)
    page.get_by_label("Health", exact=True).check()
    next_question(page, "What is wrong?")
    page.get_by_label("No drugs").check()
    next_question(page, "Where is it? (optional)")
    next_question(page, "What happened? (optional)")
    page.get_by_label("Your words").fill(words)
    phone.set_offline(True)
    next_question(page, "May we send you text messages?")
    expect(page.get_by_text("What you answered before goes with it.")).to_be_visible()
    next_question(page, "Check your answers")
    expect(page.get_by_text(words)).to_be_visible()
    axe.check(page, "offline, check")
    page.get_by_label("Photos").set_input_files(
        [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_photo((800, 600))}]
    )
    keep(page)
    axe.check(page, "offline, waiting")
    phone.set_offline(False)
    expect(page.get_by_text("Your report is recorded")).to_be_visible()
    axe.check(page, "offline, sent")
    assert times_at_the_desk(desk, product, words) == 1
    expect(desk.get_by_role("article").filter(has_text=words).get_by_text("1 photo")).to_be_visible()


def test_what_waits_can_be_changed_and_forgotten(product: Product, phone: BrowserContext, desk: Page) -> None:
    words = "forgotten zebra"
    page = made_ready(phone, product)
    phone.set_offline(True)
    page.goto(url(product, "/report"))
    write_offline(page, words)
    keep(page)
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_label("Health", exact=True)).to_be_checked()
    for question in ("What is wrong?", "Where is it? (optional)", "What happened?"):
        next_question(page, question)
    expect(page.get_by_label("Your words")).to_have_value(words)
    for question in ("May we send you text messages?", "Check your answers"):
        next_question(page, question)
    keep(page)
    expect(page.get_by_text("Waiting for network")).to_have_count(1)
    page.get_by_role("button", name="Forget what I wrote").click()
    expect(page.get_by_role("status")).to_have_text("Nothing is kept on this phone.")
    assert page.evaluate(HELD) == "[]"
    phone.set_offline(False)
    page.goto(url(product, "/report"))
    expect(page.get_by_role("heading", level=1)).to_have_text("In which country is the problem?")
    assert times_at_the_desk(desk, product, words) == 0


def test_the_browser_keeps_one_page_and_its_files_and_nothing_of_a_person(
    product: Product, phone: BrowserContext
) -> None:
    page = made_ready(phone, product)
    page.get_by_label("Health", exact=True).check()
    next_question(page, "What is wrong?")
    for path in ("/track", "/sign-in", "/inbox", "/open/KE", "/"):
        page.goto(url(product, path))
    kept = page.evaluate(EVERYTHING)
    assert kept.count("/report/kept") == 1
    assert [path for path in kept if path != "/report/kept" and not path.startswith("/static/")] == []


def test_the_worker_has_no_part_in_any_other_page(product: Product, phone: BrowserContext) -> None:
    page = made_ready(phone, product)
    for path, is_watched in (("/report", True), ("/track", False), ("/sign-in", False), ("/", False)):
        page.goto(url(product, path))
        assert page.evaluate("() => !!navigator.serviceWorker.controller") == is_watched, path
