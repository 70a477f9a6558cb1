"""Reports that may say the same are suggested, the most alike first, with the signs of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask

from tests.app.access.browser import Browser
from tests.app.inbox.test_merging import DRUGS, lead
from tests.builders.reports import a_number, a_report

__all__ = ["lead"]


def test_what_looks_alike_is_suggested_with_the_signs_of_it(app: Flask, lead: Browser) -> None:
    first, second = a_report(DRUGS), a_report("the dispensary in Busia has no drugs for children")
    page = unescape(lead.get(f"/inbox/{first.reference}").text)
    assert f'name="alike" value="{second.reference}"' in page
    assert (
        "the same problem · the same area · words in common: busia, dispensary, drugs · less than a day apart"
        in page
    )
    assert "the dispensary in Busia has no drugs for children" in page


def test_the_most_alike_comes_first_and_the_same_phone_is_a_sign(app: Flask, lead: Browser) -> None:
    sender = a_number()
    report, again = a_report(DRUGS, sender=sender), a_report("no medicine in Busia", sender=sender)
    a_report("no drugs in Busia")
    page = unescape(lead.get(f"/inbox/{report.reference}").text)
    assert page.index(f'value="{again.reference}"') == page.index('name="alike"') + len('name="alike" ')
    assert "the same phone" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"created_at": datetime.now(UTC) - timedelta(days=31)},
        {"status": "closed"},
        {"area": "KE-30"},
        {"entry_point": "ke-water-sanitation", "partner": "cedgg"},
        {"partner": "cedgg"},
    ],
    ids=["long ago", "ended", "elsewhere", "another entry point", "another partner"],
)
def test_what_is_far_away_is_not_suggested(app: Flask, lead: Browser, changes: dict[str, object]) -> None:
    report, other = a_report(DRUGS), a_report(DRUGS, **changes)
    assert other.reference not in lead.get(f"/inbox/{report.reference}").text


def test_the_words_of_a_sensitive_report_are_neither_compared_nor_shown(app: Flask, lead: Browser) -> None:
    report, other = a_report(DRUGS), a_report(f"{DRUGS} canaryword", flags=["sensitive"])
    page = unescape(lead.get(f"/inbox/{report.reference}").text)
    assert f'value="{other.reference}"' in page
    assert "canaryword" not in page
    assert "words in common" not in page
