"""A lead edits what is their partner's. Who opens which page: tests/app/access/matrix."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.app.access.browser import Browser
from tests.app.admin.test_editing_pages import send
from tests.builders.accounts import an_account

NOT_OURS = (
    "/admin/entry/ke-water-sanitation/answers",
    "/admin/version/999999999999999999999/undo",
    "/admin/entry/gh-mining",
    "/admin/entry/ke-water-sanitation",
    "/admin/entry/ke-water-sanitation/problems",
    "/admin/entry/ke-water-sanitation/words/sw",
    "/admin/entry/ke-water-sanitation/words.csv",
    "/admin/entry/ke-water-sanitation/sheet/words",
    "/admin/country/GH/places",
    "/admin/history/gh.toml",
    "/admin/history/areas.toml",
    "/admin/version/999999999999999999999",
    "/admin/entry/nowhere",
)


@pytest.mark.parametrize("path", NOT_OURS)
def test_what_is_anothers_is_not_there_for_a_lead(app: Flask, path: str) -> None:
    assert Browser(app).sign_in(an_account("partner_lead")).get(path).status_code == 404


def test_a_lead_names_places_only_where_their_partner_works(edited: Flask) -> None:
    browser = Browser(edited).sign_in(an_account("partner_lead", partner="cedgg"))
    answer = send(browser, "/admin/country/KE/places?area=KE-02", names="Kapedo Mpya")
    assert answer.status_code == 422
    assert "This is not yours to change" in answer.text
