"""Programmes, responsible offices, days of partners and ready answers, edited on their pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.app.admin.test_editing_pages import (
    ANSWERS,
    MONEY,
    a_browser,
    directory_of,
    send,
)
from tests.builders.directory import values_of


def test_a_lead_writes_ready_answers_in_the_languages_of_the_country(edited: Flask) -> None:
    browser = a_browser(edited, "partner_lead")
    texts = {"text-0-en": "We have asked the county.", "text-0-sw": "Tumeuliza kaunti."}
    assert send(browser, ANSWERS, **{"name-0": "Asked"} | texts).status_code == 303
    [answer] = directory_of(edited).entry_point("KE", "health").answers
    assert (answer.name, answer.text_in("sw")) == ("Asked", "Tumeuliza kaunti.")
    emptied = dict.fromkeys(("name-0", "text-0-en", "text-0-sw"), "")
    assert send(browser, ANSWERS, **emptied).status_code == 303
    assert directory_of(edited).entry_point("KE", "health").answers == ()


@pytest.mark.parametrize(
    "fields", [{"name-0": "Asked"}, {"text-0-en": "x"}, {"name-0": "A", "text-0-en": "x" * 481}]
)
def test_an_answer_needs_a_name_and_a_text_that_is_not_too_long(edited: Flask, fields: dict[str, str]) -> None:
    answer = send(a_browser(edited, "partner_lead"), ANSWERS, **fields)
    assert answer.status_code == 422
    assert re.search(r"<code>ke\.toml:\d+</code>", answer.text)


def test_programmes_and_offices_are_edited_by_administrators(edited: Flask) -> None:
    fields = {
        "name-2": "Social Health Authority",
        "aliases-2": "SHA\nNHIF",
        "to-0": "2026-06-30",
        "cofog-2": "07.2.1",
    }
    assert send(a_browser(edited), MONEY, **fields, **{"does-hears": "Ombudsman\nSenate"}).status_code == 303
    entry = directory_of(edited).entry_point("KE", "health")
    assert (entry.programmes[2].aliases, entry.programmes[2].cofog) == (("SHA", "NHIF"), ("07.2.1",))
    assert (str(entry.programmes[0].valid_to), entry.actors["hears"]) == ("2026-06-30", ("Ombudsman", "Senate"))
    wrong = send(a_browser(edited), MONEY, **{"cofog-0": "07.9.9"})
    assert wrong.status_code == 422
    assert "is not a COFOG code" in wrong.text


def test_a_partner_that_has_ended_gets_no_reports_and_its_people_see_none(edited: Flask) -> None:
    browser, row = a_browser(edited), [one["slug"] for one in values_of()["partners"]].index("cedc")
    lead = a_browser(edited, "partner_lead")
    assert send(browser, "/admin/country/KE/partners", **{f"to-{row}": "2020-12-31"}).status_code == 303
    assert "No partner works here now" in browser.get("/admin/country/KE").text
    assert "Not at work on this day" in send(browser, "/admin/why", country="KE", sector="health").text
    assert lead.get("/admin/entry/ke-health").status_code == 404
