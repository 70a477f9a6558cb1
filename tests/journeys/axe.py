"""What axe-core finds wrong with a page in the browser: nothing, at a phone's width and at a desk's."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (320, 1280)

RULES = {"resultTypes": ["violations"]}
"""Every rule that axe-core has on by itself, its best practices included."""


def check(page: Page, name: str, widths: tuple[int, ...] = WIDTHS) -> None:
    """Fail, telling each rule and element, unless axe-core finds nothing; the page's browser must run script."""
    page.wait_for_load_state("load")
    found = [f"{name} at {width}: {wrong}" for width in widths for wrong in violations(page, width)]
    assert not found, "\n".join(found)


def violations(page: Page, width: int) -> list[str]:
    """Each rule that is broken at this width, with the elements that break it."""
    page.set_viewport_size({"width": width, "height": 640})
    broken = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {', '.join(node['html'][:200] for node in rule['nodes'])}" for rule in broken]
