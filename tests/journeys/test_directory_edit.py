"""An edit made on a page works in both web processes and in the worker within five seconds, without a restart."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.fakes.providers import FakeAfricasTalking
from tests.journeys.test_gap_to_case import fits_its_screen
from tests.journeys.test_text_message import DESK, PHONE, World, sign_in
from tests.run.product import started, wait_for

PROMISED = 5.0
ANSWERS_IN_A_ROW = 30
"""Two processes take turns: so many new answers one after the other are from both."""

NEW_NAME = "Baringo Water Partners"
PUBLIC = "/open/ke/water-sanitation"


@pytest.fixture(scope="module")
def world(demo: Path) -> Iterator[World]:
    with ExitStack() as stack:
        africastalking: Any = stack.enter_context(FakeAfricasTalking())
        product = stack.enter_context(started(demo, AFRICASTALKING_API_BASE=africastalking.base_url))
        product.wait_until_ready()
        yield World(product, africastalking, africastalking)


def text(world: World, number: str, words: str) -> dict[str, Any]:
    """Send these words as a citizen does, and look at what was filed."""
    channel = world.channel("africastalking", "KE")
    form = {"id": f"at-edit-{number}", "from": number, "to": channel["address"], "text": words}
    form["date"] = "2026-11-20 07:04:45"
    assert requests.post(channel["inbound_url"], data=form, timeout=10).status_code == 200
    return world.newest()


def save(page: Page, why: str) -> float:
    """Save with this reason; the moment at which it was saved."""
    page.get_by_label("Why do you change it?").fill(why)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("It is saved")
    return time.monotonic()


def test_an_edit_is_live_in_every_process_within_five_seconds(world: World, browser: Browser) -> None:
    report = text(world, "+254711082941", "zahanati haina dawa Busia")
    assert report["partner"] == "cedc"
    page = browser.new_page(viewport=DESK)
    sign_in(page, world, "admin", "/directory")

    page.goto(world.url("/admin/country/KE/partners"))
    page.get_by_role("group", name="A new partner").first.get_by_label("Name").fill(NEW_NAME)
    page.get_by_role("group", name="A new partner").first.get_by_label("Acronym").fill("BWP")
    save(page, "they begin today")
    page.goto(world.url("/admin/entry/ke-water-sanitation/serving"))
    row = page.get_by_role("group", name="One more partner").first
    row.get_by_label("Partner", exact=True).select_option(label=NEW_NAME)
    row.locator("summary").click()
    row.get_by_label("Busia").check()
    saved = save(page, "they work in Busia")

    seen = 0
    while seen < ANSWERS_IN_A_ROW:
        seen = seen + 1 if NEW_NAME in world.product.get(PUBLIC)[1] else 0
        assert time.monotonic() - saved < PROMISED
    page.close()

    lead = browser.new_page(viewport=PHONE)
    sign_in(lead, world, "cedc")
    lead.goto(world.url(f"/inbox/{report['reference']}"))
    lead.get_by_text("Another organisation or desk").click()
    lead.get_by_label("Where it belongs").select_option(label="Water and sanitation")
    lead.locator("[name=send_reason]").fill("it is about water")
    lead.get_by_role("button", name="Send it on").click()
    wait_for(lambda: moved_to(world, report["reference"]) == "bwp", "the worker knew nothing of it", 20)
    lead.close()


def choose(page: Page, document: str) -> None:
    file: FilePayload = {"name": "ke.toml", "mimeType": "application/toml", "buffer": document.encode()}
    page.get_by_label("Upload a file").set_input_files(file)


def moved_to(world: World, reference: str) -> str:
    return world.command("reports", "show", reference)["partner"]


def test_a_file_is_sent_with_its_progress_and_its_mistakes_come_back(world: World, browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE)
    sign_in(page, world, "admin", "/directory")
    page.goto(world.url("/admin/document/ke.toml"))
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download").click()
    document = downloaded.value.path().read_text(encoding="utf-8")
    expect(page.locator(".progress")).to_contain_text("Downloaded")

    wrong = document.replace('currency = "KES"', 'currency = "shillings"')
    page.get_by_label("Upload a file").set_input_files(
        {"name": "ke.toml", "mimeType": "", "buffer": wrong.encode()}
    )
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("alert")).to_contain_text("ke.toml:4")
    assert fits_its_screen(page)

    right = document.replace('currency = "KES"', 'currency = "KSH"')
    page.get_by_label("Upload a file").set_input_files(
        {"name": "ke.toml", "mimeType": "", "buffer": right.encode()}
    )
    save(page, "another code")
    expect(page.locator("ins")).to_have_text("KSH")
    page.close()
