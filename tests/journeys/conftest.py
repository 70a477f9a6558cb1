"""A real browser, and the whole product running for real, for journeys from a citizen to a partner and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, sync_playwright

from tests.run import browser as chromium
from tests.run.product import Product, copy, new_instance, start_once, started

QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
"""No sandbox because tests may run as root; no calls to the browser maker's hosts."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each file: while it lives an event loop runs, and tests that run the worker need one of their own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=list(QUIET))
        refused = refused_in(launched)
        yield launched
        launched.close()
    assert not refused, "\n".join(refused)


def refused_in(browser: Browser) -> list[str]:
    """Grows by what its pages try from now on, and what the policy that they came with forbids."""
    refused: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            refused.append(f"{said.location.get('url')}: {said.text}")

    browser.on("context", lambda context: context.on("console", hear))
    return refused


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Path]:
    """A folder of one's own with a demo that has been started before: the first start is waited for once a run."""
    base = tmp_path_factory.getbasetemp()
    with new_instance() as folder:
        copy(start_once((base if worker_id == "master" else base.parent) / "demo"), folder)
        yield folder


@pytest.fixture(scope="module")
def product(demo: Path) -> Iterator[Product]:
    """The whole product, running; nobody but this file's tests uses it."""
    with started(demo) as running:
        running.wait_until_ready()
        yield running
