"""The phone on the page, in a real browser: what one does with it goes the whole way, through real webhooks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from app.demo.accounts import PASSWORD
from sms.segments import count
from tests.run.product import Product

WORDS = "Nambale dispensary has no malaria drugs since Monday"
REPLY = "The county store delivers on Thursday"
PHONE, DESK = {"width": 320, "height": 700}, {"width": 1280, "height": 900}
REFERENCE = re.compile(r"KE-[0-9A-HJKMNP-TV-Z]{7}")

TEXTS = (
    *("", "a", "Hakuna maji", "x" * 160, "x" * 161, "€" * 80, "€" * 81, "a" * 152 + "€" + "a" * 152),
    *("ɛ" * 70, "ɛ" * 71, "💧" * 35, "💧" * 36, "a" * 66 + "💧" + "a" * 66 + "ɛ", "\n[]{}~^|\\", "दवा नहीं है " * 9),
)
"""Lengths on both sides of every limit, and pairs that lie across two parts."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=DESK, locale="en-GB")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, product: Product) -> Page:
    """The simulator with a new Kenyan phone in the hand."""
    opened = context.new_page()
    opened.goto(address(product, "/simulator"))
    opened.get_by_label("Country").select_option("KE")
    expect(opened.locator("#own-number")).to_have_text(re.compile(r"\+254\d{9}"))
    use(opened, "at-sms-ke")
    return opened


def address(product: Product, path: str) -> str:
    return f"http://127.0.0.1:{product.port}{path}"


def use(page: Page, channel: str) -> None:
    page.get_by_label("Provider and number").select_option(channel)


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("^To "))


def text(page: Page, words: str) -> None:
    composer(page).fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def got(page: Page, words: str | re.Pattern[str]) -> Locator:
    """The one message with these words that came to the phone."""
    found = page.locator("#thread .theirs").filter(has_text=words)
    expect(found).to_have_count(1, timeout=15_000)
    return found


def acknowledged(page: Page) -> str:
    """The reference in the acknowledgment that has come."""
    found = REFERENCE.search(got(page, "Recorded: ").inner_text())
    assert found
    return found[0]


def answer_as_partner(context: BrowserContext, product: Product, reference: str, who: str = "cedc") -> None:
    page = context.new_page()
    page.goto(address(product, "/sign-in"))
    page.get_by_label("E-mail address").fill(f"{who}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(address(product, f"/inbox/{reference}"))
    page.get_by_label("Your reply").fill(REPLY)
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text(REPLY).first).to_be_visible()
    page.close()


@pytest.mark.parametrize("channel", ["at-sms-ke", "twilio-sms-ke"])
def test_from_a_text_on_the_page_to_the_partners_words_on_the_page(
    page: Page, context: BrowserContext, product: Product, channel: str
) -> None:
    use(page, channel)
    text(page, WORDS)
    reference = acknowledged(page)
    expect(got(page, reference)).to_contain_text("delivered")
    answer_as_partner(context, product, reference)
    got(page, f"You have an answer to {reference}. Reply READ")
    page.get_by_role("button", name="READ", exact=True).click()
    got(page, f"{reference}: {REPLY}")


def test_a_text_that_is_delivered_twice_is_one_report(page: Page) -> None:
    page.get_by_label("Deliver everything twice").check()
    text(page, WORDS)
    expect(page.locator("#outcome")).to_have_text("Taken: 200, 200")
    reference = acknowledged(page)
    page.get_by_label("Deliver everything twice").uncheck()
    page.get_by_role("button", name="STATUS", exact=True).click()
    got(page, f"{reference}: recorded")
    got(page, "Recorded: ")


@pytest.mark.parametrize(
    ("channel", "fault", "refused"),
    [("twilio-sms-ke", "signature", "Refused: 403"), ("at-sms-ke", "secret", "Refused: 404")],
)
def test_what_is_forged_is_refused_on_the_page(page: Page, channel: str, fault: str, refused: str) -> None:
    use(page, channel)
    page.get_by_label("The request is").select_option(fault)
    text(page, WORDS)
    expect(page.locator("#outcome")).to_contain_text(refused)
    expect(page.locator("#thread .mine")).to_contain_text(f"answered {refused.split()[-1]}")


def test_a_lost_receipt_can_be_sent_later(page: Page) -> None:
    page.get_by_label("Messages to this phone are").select_option("lost")
    text(page, WORDS)
    got(page, "Recorded: ")
    last = page.locator("#thread .theirs").nth(1)  # the privacy notice follows the acknowledgment
    expect(last).to_contain_text("sent, no receipt yet")
    page.wait_for_timeout(2500)  # no poll brings the receipt by itself
    expect(last).to_contain_text("sent, no receipt yet")
    page.get_by_role("button", name="Failed", exact=True).click()
    expect(last).to_contain_text("not delivered")
    page.get_by_role("button", name="Delivered", exact=True).click()
    expect(last).to_contain_text(re.compile(r"· delivered$"))


def test_after_stop_nothing_comes(page: Page) -> None:
    page.get_by_role("button", name="STOP", exact=True).click()
    expect(page.locator("#thread .mine")).to_contain_text("answered 200")
    text(page, WORDS)
    expect(got(page, "Recorded: ")).to_contain_text("not sent: the person sent STOP")


def test_the_wire_shows_the_request_and_the_answer(page: Page) -> None:
    use(page, "twilio-sms-ke")
    text(page, WORDS)
    page.get_by_text("What went over the wire").click()
    first = page.locator("#exchanges li").last
    expect(first).to_contain_text("POST /hooks/twilio/twilio-sms-ke/inbound")
    expect(first).to_contain_text("X-Twilio-Signature: ")
    expect(first).to_contain_text(f"Body = {WORDS}")
    expect(first).to_contain_text("<Response/>")


def test_a_menu_is_dialled_dropped_taken_up_again_and_leads_to_a_reference(page: Page) -> None:
    use(page, "at-ussd-ke")
    screen = page.locator("#menu-screen")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(screen).to_contain_text("Choose your language")
    expect(page.locator("#menu-cost")).to_contain_text("of 182 septets")
    answer(page, "1")
    expect(screen).not_to_contain_text("Choose your language")
    answer(page, "1")
    page.get_by_role("button", name="Hang up now").click()
    expect(page.locator("#outcome")).to_have_text("Taken: 200")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(screen).to_contain_text("1 Continue")
    while page.locator("#menu-answer").is_visible():
        answer(page, "1")
    reference = REFERENCE.search(screen.inner_text())
    assert reference
    page.get_by_role("button", name="Close", exact=True).click()
    got(page, reference[0])


def answer(page: Page, key: str) -> None:
    """Press this key, answer, and wait for the screen that follows."""
    with page.expect_response(re.compile("/hooks/")):
        page.locator("#keys").get_by_role("button", name=key, exact=True).click()
        page.locator("#reply").get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("#menu-answer")).to_have_value("")


def test_the_phones_and_what_was_said_on_them_outlive_a_reload(page: Page) -> None:
    number = page.locator("#own-number").inner_text()
    text(page, WORDS)
    acknowledged(page)
    page.get_by_role("button", name="New phone").click()
    expect(page.locator("#own-number")).not_to_have_text(number)
    expect(page.locator("#thread > div")).to_have_count(0)
    page.reload()
    expect(page.locator("#own-number")).not_to_have_text(number)
    page.get_by_label("Phone", exact=True).select_option(number)
    expect(page.locator("#thread .mine")).to_contain_text(WORDS)
    acknowledged(page)


def test_a_number_that_nobody_can_have_is_said_beside_its_field(page: Page) -> None:
    page.get_by_text("Use a number of your own").click()
    field = page.get_by_label("Number", exact=True)
    field.fill("12")
    page.get_by_role("button", name="Use this number").click()
    expect(page.locator("#number-wrong")).to_contain_text("Nobody can have this number")
    expect(field).to_be_focused()
    field.fill("0711 082 934")
    field.press("Enter")
    expect(page.locator("#own-number")).to_have_text("+254711082934")


def test_what_a_text_costs_is_counted_as_the_product_counts_it(page: Page) -> None:
    seen = page.evaluate(
        """async (texts) => {
          const { count } = await import("/static/simulator/segments.js");
          const tables = JSON.parse(document.getElementById("bench").dataset.alphabet);
          const counted = texts.map((text) => count(text, tables));
          return counted.map(({ encoding, units, parts }) => [encoding, units, parts]);
        }""",
        list(TEXTS),
    )
    ours = [count(one) for one in TEXTS]
    assert seen == [[counted.encoding.value, counted.units, counted.parts] for counted in ours]


def test_the_cost_is_said_while_one_types(page: Page) -> None:
    composer(page).fill("Amenya ɛ")
    expect(page.locator("#cost")).to_have_text("UCS-2: 8 of 70 units, messages: 1")


def test_all_of_it_can_be_done_from_the_keyboard(page: Page) -> None:
    composer(page).focus()
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    acknowledged(page)


@pytest.mark.parametrize("channel", ["at-sms-ke", "at-ussd-ke"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["320", "1280"])
def test_nothing_is_wider_than_the_window(page: Page, viewport: dict[str, int], channel: str) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    use(page, "at-sms-ke")
    text(page, WORDS)
    acknowledged(page)
    page.get_by_text("What went over the wire").click()
    use(page, channel)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_without_scripts_the_page_says_so(browser: Browser, product: Product) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(product, "/simulator"))
    expect(page.get_by_text("The simulator needs JavaScript")).to_be_visible()
    expect(page.locator("#bench")).to_be_hidden()
    context.close()


def test_neither_the_page_nor_the_policy_makes_the_browser_complain(
    context: BrowserContext, product: Product
) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address(product, "/simulator"))
    page.get_by_label("Country").select_option("KE")
    text(page, WORDS)
    acknowledged(page)
    assert said == []
