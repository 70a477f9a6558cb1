"""One change taken back on its page, by whoever may make it."""

from __future__ import annotations

from flask import Flask

from tests.app.admin.test_editing_pages import (
    WORDS,
    a_browser,
    directory_of,
    fields_of,
    send,
    words_of,
)
from tests.builders.directory import version_of


def test_a_lead_takes_back_a_change_of_their_own_and_keeps_what_came_after(edited: Flask) -> None:
    lead, administrator = a_browser(edited, "partner_lead"), a_browser(edited)
    send(lead, WORDS, **{"words.no-drugs": "dawa hakuna\ndawa zimekwisha"})
    mine = version_of()
    send(administrator, "/admin/country/KE/facts", currency="KSH")
    assert f"/admin/version/{mine}/undo" in lead.get(f"/admin/version/{mine}").text
    assert f"/admin/version/{version_of()}/undo" not in lead.get(f"/admin/version/{version_of()}").text
    page = lead.get(f"/admin/version/{mine}/undo").text
    assert "<del>dawa zimekwisha</del>" in page
    fields = fields_of(page) | {"why": "nobody says it", "act": "save"}
    assert lead.post_bare(f"/admin/version/{mine}/undo", **fields).status_code == 303
    assert "dawa zimekwisha" not in words_of(edited)
    assert directory_of(edited).country("KE").currency == "KSH"


def test_a_change_that_was_changed_again_is_not_taken_back_blindly(edited: Flask) -> None:
    browser = a_browser(edited)
    send(browser, "/admin/country/KE/facts", currency="KSH")
    first = version_of()
    send(browser, "/admin/country/KE/facts", currency="KSZ")
    told = browser.get(f"/admin/version/{first}/undo")
    assert told.status_code == 422
    assert "changed again since" in told.text
