"""The main job, over the wire: a text message is filed, acknowledged, answered by the partner, and read.

The product runs as people start it; only the providers' own APIs are replaced, by servers on the loopback.
Afterwards everything that it wrote is searched for the citizen's number and words.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from twilio.request_validator import RequestValidator

from app.demo.accounts import PASSWORD
from app.outbox.wording import NOTICE
from tests.fakes.providers import FakeAfricasTalking, FakeTwilio, twilio_created
from tests.run.product import PROJECT, Product, started, wait_for

NUMBER = "+254711082934"
SAME_NUMBER = ("254711082934", "0711082934", "711082934", "0711 082 934", "711 082 934")
WORDS = "Nambale dispensary canaryword has no malaria drugs since Monday"
CANARY = "canaryword"
REPLY = "The county store delivers on Thursday replycanary"
PHONE, DESK = {"width": 320, "height": 700}, {"width": 1280, "height": 900}


@dataclass(frozen=True)
class World:
    product: Product
    twilio: FakeTwilio
    africastalking: FakeAfricasTalking

    def command(self, *words: str) -> Any:
        """A command's JSON, run as an operator does beside the running product."""
        environment = os.environ | {"INSTANCE": str(self.product.instance)}
        ran = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            check=True,
        )
        return json.loads(ran.stdout)

    def channel(self, provider: str, country: str, kind: str = "sms") -> dict[str, str]:
        wanted = (provider, country, kind)
        found = self.command("channels", "list")
        return next(c for c in found if (c["provider"], c["country"], c["kind"]) == wanted)

    def newest(self) -> dict[str, Any]:
        return self.command("reports", "list", "--limit", "1")[0]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.product.port}{path}"


@pytest.fixture(scope="module")
def world(demo: Path) -> Iterator[World]:
    with ExitStack() as stack:
        twilio, africastalking = (stack.enter_context(fake()) for fake in (FakeTwilio, FakeAfricasTalking))
        bases = {"TWILIO_API_BASE": twilio.base_url, "AFRICASTALKING_API_BASE": africastalking.base_url}
        product = stack.enter_context(started(demo, **bases))
        product.wait_until_ready()
        yield World(product, twilio, africastalking)


def post_as_africas_talking(world: World, message_id: str, text: str) -> None:
    channel = world.channel("africastalking", "KE")
    form = {"id": message_id, "from": NUMBER, "to": channel["address"], "text": text, "date": "2026-11-20 07:04:45"}
    assert requests.post(channel["inbound_url"], data=form, timeout=10).status_code == 200


def sign_in(page: Page, world: World, who: str, at: str = "/inbox") -> None:
    """Sign in, and be led to where this person works."""
    page.goto(world.url("/sign-in"))
    page.get_by_label("E-mail address").fill(f"{who}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(world.url(at))


def test_from_a_text_message_to_the_partners_words_on_the_same_phone(world: World, browser: Browser) -> None:
    post_as_africas_talking(world, "at-journey-1", WORDS)
    acknowledgment, privacy = world.africastalking.wait_for(2)
    report = world.newest()
    reference = report["reference"]
    assert (report["entry_point"], report["partner"]) == ("ke-health", "cedc")
    assert acknowledgment.form["to"] == NUMBER
    assert reference in acknowledgment.form["message"]
    assert CANARY not in acknowledgment.form["message"]
    assert privacy.form["message"] == NOTICE

    page = browser.new_page(viewport=PHONE)
    sign_in(page, world, "cedc")
    page.get_by_role("link", name=reference).first.click()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.get_by_label("Your reply").fill(REPLY)
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text(REPLY).first).to_be_visible()
    page.close()

    notice = world.africastalking.wait_for(3)[-1].form["message"]
    assert notice == f"You have an answer to {reference}. Reply READ"
    post_as_africas_talking(world, "at-journey-2", "Read")
    assert world.africastalking.wait_for(4)[-1].form["message"] == f"{reference}: {REPLY}"
    events = [event["event"] for event in world.command("reports", "show", reference)["timeline"]]
    assert events == ["filed", "answered", "answer_read"]


def test_a_receipt_moves_the_message_on(world: World) -> None:
    world.twilio.answer_with(twilio_created({"To": NUMBER, "Body": "…"}, sid="SMjourneyout"))
    channel = world.channel("twilio", "KE")
    form = {"MessageSid": "SMjourneyin", "From": NUMBER, "To": channel["address"], "Body": "maji hamna Marigat"}
    post_as_twilio(channel, channel["inbound_url"], form)
    callback = world.twilio.wait_for(1)[-1].form["StatusCallback"]
    post_as_twilio(channel, callback, {"MessageSid": "SMjourneyout", "MessageStatus": "delivered", "To": NUMBER})
    post_as_twilio(channel, callback, {"MessageSid": "SMjourneyout", "MessageStatus": "sent", "To": NUMBER})
    wait_for(lambda: sent_state(world, world.newest()["reference"]) == "delivered")


def post_as_twilio(channel: dict[str, str], url: str, form: dict[str, str]) -> None:
    signature = RequestValidator(channel["secret"]).compute_signature(url, form)
    headers = {"X-Twilio-Signature": signature}
    assert requests.post(url, data=form, headers=headers, timeout=10).status_code == 200


def sent_state(world: World, reference: str) -> str:
    messages = world.command("reports", "show", reference)["messages"]
    return next(message["state"] for message in messages if message["direction"] == "out")


def test_another_partner_sees_nothing_of_it(world: World, browser: Browser) -> None:
    reference = next(r["reference"] for r in world.command("reports", "list") if r["entry_point"] == "ke-health")
    page = browser.new_page(viewport=DESK)
    sign_in(page, world, "pfag")
    expect(page.get_by_text(reference)).to_have_count(0)
    answer = page.goto(world.url(f"/inbox/{reference}"))
    assert answer
    assert answer.status == 404
    page.close()


def test_nothing_that_was_written_holds_the_number_or_the_words(world: World) -> None:
    """Run after the journeys: standard output and error of every process, and each file but the database's."""
    files = [path for path in world.product.instance.rglob("*") if path.is_file()]
    logs = [path for path in files if "database" not in path.parts or path.suffix == ".log"]
    written = [world.product.said, world.product.logged, *(path.read_text(errors="replace") for path in logs)]
    for secret in (NUMBER, *SAME_NUMBER, CANARY, "replycanary"):
        assert not [text for text in written if secret in text]
