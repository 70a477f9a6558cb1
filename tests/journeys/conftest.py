"""A real browser, and the whole product running for real, for journeys from a citizen to a partner and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.run import browser as chromium

QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
"""No sandbox because tests may run as root; no calls to the browser maker's hosts."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each file: while it lives an event loop runs, and tests that run the worker need one of their own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=list(QUIET))
        yield launched
        launched.close()
