"""Each page of a journey at each width, once it has come whole."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

WIDTHS = (240, 320, 1280)

PICTURES = os.environ.get("PICTURES")
"""A folder for a picture of each page at each width, for whoever wants to look at them."""


def look(page: Page, name: str) -> None:
    """Nothing may stick out at the side at any width. Before its style has come, a photo is as wide as it is."""
    page.wait_for_load_state("load")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 640})
        assert page.locator("html").evaluate("e => e.scrollWidth") <= width, f"{name} at {width}"
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
