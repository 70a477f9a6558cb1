"""Who may edit what: administrators everything, a lead what is their partner's, nobody else anything."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.app.access.browser import Browser
from tests.app.access.test_gates import OPEN_TO, STAFF
from tests.app.admin.test_editing_pages import send
from tests.builders.accounts import an_account
from tests.builders.directory import version_of

PAGES = {
    "directory_editing.overview": "/admin",
    "directory_editing.entry_point": "/admin/entry/ke-health",
    "directory_editing.problems": "/admin/entry/ke-health/problems",
    "directory_editing.words": "/admin/entry/ke-health/words/sw",
    "directory_editing.places": "/admin/country/KE/places",
    "directory_editing.sheet_file": "/admin/entry/ke-health/words.csv",
    "directory_editing.sheet_import": "/admin/entry/ke-health/sheet/words",
    "directory_editing.history": "/admin/history/ke.toml",
    "directory_editing.version": "/admin/version/{newest}",
    "directory_editing.undo": "/admin/version/{newest}/undo",
    "directory_editing.answers": "/admin/entry/ke-health/answers",
    "directory_editing.why": "/admin/why",
    "directory_admin.country": "/admin/country/KE",
    "directory_admin.country_facts": "/admin/country/KE/facts",
    "directory_admin.entry_facts": "/admin/entry/ke-health/facts",
    "directory_admin.partners": "/admin/country/KE/partners",
    "directory_admin.money": "/admin/entry/ke-health/money",
    "directory_admin.serving": "/admin/entry/ke-health/serving",
    "directory_admin.elsewhere": "/admin/country/KE/elsewhere/education/en",
    "directory_admin.document": "/admin/document/ke.toml",
    "directory_admin.download": "/admin/document/ke.toml/download",
    "directory_admin.go_back": "/admin/version/{newest}/back",
}
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


def test_every_page_of_editing_is_looked_at_below() -> None:
    assert set(PAGES) == {name for name in OPEN_TO if name.startswith("directory_")}


@pytest.mark.parametrize("role", STAFF)
def test_each_role_opens_its_pages_and_no_others(app: Flask, role: str) -> None:
    browser, newest = Browser(app).sign_in(an_account(role)), version_of()
    for endpoint, path in PAGES.items():
        answer = browser.get(path.format(newest=newest))
        assert answer.status_code == (200 if role in OPEN_TO[endpoint] else 403), endpoint


@pytest.mark.parametrize("path", NOT_OURS)
def test_what_is_anothers_is_not_there_for_a_lead(app: Flask, path: str) -> None:
    assert Browser(app).sign_in(an_account("partner_lead")).get(path).status_code == 404


def test_a_lead_names_places_only_where_their_partner_works(edited: Flask) -> None:
    browser = Browser(edited).sign_in(an_account("partner_lead", partner="cedgg"))
    answer = send(browser, "/admin/country/KE/places?area=KE-02", names="Kapedo Mpya")
    assert answer.status_code == 422
    assert "This is not yours to change" in answer.text
