"""Why a report was routed as it was is read in the reader's language, whatever routing said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from flask import Flask

from app.directory.catalogue import Directory
from app.directory.routing import route
from app.inbox.whys import AFTER_SENDING, FORMS, why_routed
from app.reports.models import Report
from tests.app.access.browser import Browser
from tests.app.understanding.directory_data import shipped_directory
from tests.builders.accounts import an_account
from tests.builders.reports import a_report

SERVED = date(2026, 3, 1)
LONG_AGO = date(1999, 1, 1)


def without_leads(directory: Directory) -> Directory:
    """The same directory on a day on which no lead is at work."""
    away = tuple(
        replace(
            entry,
            serving=tuple(
                replace(service, valid_to=date(2000, 1, 1)) if service.lead else service
                for service in entry.serving
            ),
        )
        for entry in directory.entry_points
    )
    return replace(directory, entry_points=away)


def every_why() -> Iterator[tuple[str, str]]:
    """What routing says of every country, sector and area, with each lead at work and away, by country."""
    whole = shipped_directory()
    sectors = (None, *sorted({entry.sector for entry in whole.entry_points}), "other")
    for directory in (whole, without_leads(whole)):
        for country in directory.countries:
            for sector in sectors:
                for area in (None, *(one.code for one in directory.areas_of(country.code))):
                    for on in (SERVED, LONG_AGO):
                        yield country.code, route(directory, country.code, sector, area, on).why


def test_every_form_that_routing_can_produce_is_known_and_every_known_form_is_produced(app: Flask) -> None:
    said = set(every_why())
    with app.test_request_context():
        for country, why in said:
            assert why_routed(Report(country=country, why=why), shipped_directory()), why
    unused = [form for form in FORMS if not any(re.fullmatch(form, why) for _country, why in said)]
    assert unused == []


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("KE-04 is in this partner's area at ke-health", "Busia is in this partner's area."),
        ("no sector is known", "It is not known what it is about."),
        (
            AFTER_SENDING + "no area is known: ke-health's lead",
            "Sent on by hand. No area was known, so the lead of Primary health care has it.",
        ),
        ("XX-99 is in this partner's area at ke-health", "XX-99 is in this partner's area."),
        ("because of the moon", None),
        ("", None),
    ],
)
def test_codes_are_called_by_their_names_and_what_is_not_known_is_left(
    app: Flask, why: str, words: str | None
) -> None:
    with app.test_request_context():
        assert why_routed(Report(country="KE", why=why), shipped_directory()) == words


def test_the_page_says_it_in_the_reader_s_words_and_an_unknown_reason_as_it_is(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())
    page = unescape(browser.get(f"/inbox/{a_report('no drugs in Busia').reference}").text)
    assert "<dd>Busia is in this partner's area." in page
    odd = a_report(why="because of the moon")
    assert '<span lang="en">because of the moon</span>' in browser.get(f"/inbox/{odd.reference}").text
