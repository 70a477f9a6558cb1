"""From three text messages about one dry borehole to a budget case that the people themselves verify, and to what
IBP sees of it a month later: the figures, and the case that the partner shares.

The figures are those of Nelson Mandela Bay's grant for informal settlements in 2022/23, R334 million, of which
almost R270 million were unspent four months before the year's end.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from app.database import db, transaction
from app.factory import create_app
from app.figures.counting import keep_count
from app.figures.months import begin, month_of, next_month
from app.figures.publishing import publish_due
from app.gaps.gathering import sweep
from app.reports.models import Contact, Report
from app.reports.reference import new_reference
from app.settings import load_settings
from app.viewer import WORKER, acting_as
from tests.fakes.providers import FakeAfricasTalking
from tests.journeys.test_text_message import DESK, PHONE, World, sign_in
from tests.run.product import started, wait_for

ELSEWHERE = ("ZA-GP", "ZA-KZN", "ZA-WC")
CROWD = 30
"""People in each of these provinces: of a country where only three reported, IBP is shown nothing."""

PEOPLE = ("+27821500001", "+27821500002", "+27821500003")
WORDS = (
    "borehole dry no water since May, Eastern Cape canaryone",
    "no water here in Eastern Cape, the borehole is dry canarytwo",
    "our borehole is dry no water Eastern Cape canarythree",
)
STATEMENT = "The borehole of the settlement has been dry since May; 400 households buy water."


@dataclass
class Phones:
    """Three people's phones: what they send to our number, and what reaches each."""

    world: World
    sent: int = 0
    channel: dict[str, str] = field(default_factory=dict)

    def text(self, number: str, words: str) -> None:
        self.channel = self.channel or self.world.channel("africastalking", "ZA")
        self.sent += 1
        form = {"id": f"at-gap-{self.sent}", "from": number, "to": self.channel["address"], "text": words}
        form["date"] = "2026-11-20 07:04:45"
        assert requests.post(self.channel["inbound_url"], data=form, timeout=10).status_code == 200

    def received(self, number: str) -> list[str]:
        requests_made = self.world.africastalking.wait_for(0)
        return [made.form["message"] for made in requests_made if made.form["to"] == number]

    def wait_for(self, number: str, words: str) -> str:
        wait_for(lambda: any(words in text for text in self.received(number)), f"{words!r} did not come", 30)
        return next(text for text in self.received(number) if words in text)


@pytest.fixture(scope="module")
def world(demo: Path) -> Iterator[World]:
    with ExitStack() as stack:
        africastalking: Any = stack.enter_context(FakeAfricasTalking())
        product = stack.enter_context(started(demo, AFRICASTALKING_API_BASE=africastalking.base_url))
        product.wait_until_ready()
        yield World(product, africastalking, africastalking)


def fill(page: Page, form: str, **entered: str) -> None:
    """Open one of the case's forms and fill it in: choices by their words, everything else as typed."""
    page.locator("summary").get_by_text(form, exact=True).click()
    scope = page.locator("details[open]").filter(has_text=form)
    for name, value in entered.items():
        control = scope.locator(f"[name={name}]")
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)


def move(page: Page, to: str) -> None:
    page.get_by_label(to, exact=True).check()
    page.get_by_role("button", name="Move the case").click()
    expect(page.locator("h1 + .state")).to_have_text(to)


def fits_its_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def publish_next_month(world: World) -> None:
    """Count this month, and publish as if its closing time had come: the clock is moved, not the reports."""
    now = datetime.now(UTC)
    app = create_app(load_settings({"INSTANCE": str(world.product.instance)}))
    with app.app_context(), acting_as(WORKER):
        with transaction() as session:
            session.add_all(row for area in ELSEWHERE for _person in range(CROWD) for row in somebody_in(area))
        sweep()
        keep_count(month_of(now))
        publish_due(begin(next_month(month_of(now))) + timedelta(days=15))
        db.engine.dispose()


def somebody_in(area: str) -> tuple[Contact, Report]:
    """One person who reported this month, and the report."""
    person, number = uuid.uuid4(), uuid.uuid4().bytes
    contact = Contact(id=person, number_index=number, number_sealed=number, country="ZA")
    matter = {
        "sector": "water-sanitation",
        "entry_point": "za-water-sanitation",
        "partner": "planact",
        "problem_type": "za-water-sanitation/no-tap",
        "gap_kind": "absent",
    }
    said = {"language": "en", "channel": "sms", "answerable": False, "contact_id": person}
    return contact, Report(reference=new_reference("ZA"), country="ZA", area=area, **matter, **said)


def figure(page: Page, measure: str) -> int:
    """What the newest month's figures say, at the top of the reviewer's page."""
    shown = page.locator("dl.headline > div").filter(has_text=measure).first
    return int(shown.locator("dd").first.inner_text())


def test_a_report_joins_its_gap_within_five_seconds(world: World, browser: Browser) -> None:
    page = browser.new_page(viewport=DESK, java_script_enabled=False)
    sign_in(page, world, "afesis")
    Phones(world, sent=100).text("+27821500004", "borehole dry no water Western Cape")
    gap = page.get_by_role("article").filter(has_text="No tap").filter(has_text="Western Cape")

    def is_there() -> bool:
        page.goto(world.url("/gaps"))
        return gap.count() == 1

    wait_for(is_there, "the report is in no gap", 5)
    page.close()


def test_from_three_texts_to_a_case_that_people_verify(world: World, browser: Browser) -> None:
    phones = Phones(world)
    for number, words in zip(PEOPLE, WORDS, strict=True):
        phones.text(number, words)
        phones.wait_for(number, "Recorded:")
        phones.text(number, "STATUS")
        phones.wait_for(number, "May we text you later")
        phones.text(number, "1")
        phones.wait_for(number, "Thank you.")

    page = browser.new_page(viewport=DESK, java_script_enabled=False)
    page.set_default_timeout(15_000)
    sign_in(page, world, "afesis")
    page.get_by_role("navigation", name="Work").get_by_role("link", name="Gaps").click()
    gap = page.get_by_role("article").filter(has_text="No tap").filter(has_text="Eastern Cape")
    expect(gap).to_contain_text("3 people")
    gap.get_by_role("heading").get_by_role("link").click()
    page.get_by_label("What is missing, in plain words").fill(STATEMENT)
    page.get_by_role("button", name="Open a budget case").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case")
    for number in PEOPLE:
        phones.wait_for(number, "being followed up")

    shared = "Shared with IBP: never words of people, numbers or places"
    fill(page, "Change the facts", people_affected="1,600", cofog="06.3.0 Water supply (CS)", visibility=shared)
    page.get_by_role("button", name="Change the facts").click()
    move(page, "Stated")
    move(page, "Looking for the cause")
    for phase, amount in (("Approved", "334"), ("Spent or delivered", "64")):
        fill(
            page,
            "Add a figure",
            line="Informal settlements upgrading grant",
            fiscal_year="2022/23",
            phase=phase,
            amount=amount,
            scale="million",
            unit="ZAR",
            source_title="In-year report of the metro",
            source_page="12",
            source_date="2023-03-01",
        )
        page.get_by_role("button", name="Add the figure").click()
    expect(page.locator(".rates").first).to_contain_text("19.2%")
    expect(page.get_by_text("208,750 ZAR")).to_be_visible()
    expect(page.locator(".causes").first).to_contain_text("Not spent")
    move(page, "Evidence found")

    fill(
        page,
        "Write down an action",
        action_kind="Budget memo",
        recipient="Budget office of the metro",
        about="Spend the grant on the borehole before the year ends.",
        due_on="2099-12-31",
    )
    page.get_by_role("button", name="Add the action").click()
    move(page, "Acting")
    fill(
        page,
        "Write down a response",
        action="Budget memo: Budget office of the metro",
        response_kind="It is fixed",
        sender="Water services",
        said="The pump was replaced.",
    )
    page.get_by_role("button", name="Add the response").click()
    move(page, "Office responded")
    move(page, "Said to be fixed")
    assert page.get_by_label("Verified by people", exact=True).count() == 0
    move(page, "Asking people")

    for number in PEOPLE:
        question = phones.wait_for(number, "was it solved?")
        assert re.fullmatch(r"ZA-\w{7}: was it solved\? Reply 1 yes, 2 no, 3 partly\. .*STOP", question)
    phones.text(PEOPLE[0], "1")
    phones.wait_for(PEOPLE[0], "you confirmed it is solved")
    phones.text(PEOPLE[1], "Yebo")
    phones.wait_for(PEOPLE[1], "you confirmed it is solved")

    def is_verified() -> bool:
        page.reload()
        return page.locator("h1 + .state").inner_text() == "Verified by people"

    wait_for(is_verified, "two confirmations did not verify the case", 15)
    expect(page.locator("section").filter(has_text="What people say").locator(".rates")).to_contain_text("2")
    assert fits_its_screen(page)
    page.set_viewport_size(PHONE)
    assert fits_its_screen(page)
    page.close()

    publish_next_month(world)
    page = browser.new_page(viewport=DESK, java_script_enabled=False)
    sign_in(page, world, "ibp", at="/review")
    assert figure(page, "People") >= len(PEOPLE) + CROWD * len(ELSEWHERE)
    assert figure(page, "Cases opened") >= 1
    assert figure(page, "Fixes confirmed") == 1
    page.goto(world.url("/review?country=ZA&sector=water-sanitation"))
    expect(page.get_by_role("row").filter(has_text="Eastern Cape")).to_contain_text("kept back")
    page.get_by_role("link", name=STATEMENT).click()
    expect(page.locator("h1 + .state")).to_have_text("Verified by people")
    expect(page.locator(".rates").first).to_contain_text("19.2%")
    assert "canary" not in page.content()
    page.close()

    mine = [report for report in world.command("reports", "list") if report["area"] == "ZA-EC"]
    assert sorted(report["status"] for report in mine[:3]) == ["confirmed", "confirmed", "resolved"]


def test_nothing_that_was_sent_or_written_names_the_subject_or_the_people(world: World) -> None:
    """Run after the journey: what reached the phones, and what the processes wrote."""
    unasked = [made.form["message"].lower() for made in world.africastalking.wait_for(0)]
    for word in ("water", "borehole", "afesis", "budget", "canary"):
        assert not [text for text in unasked if word in text]
    written = world.product.said + world.product.logged
    assert not [secret for secret in (*PEOPLE, "canary") if secret in written]
