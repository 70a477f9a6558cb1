"""Every way in has exactly one gate, and no request leaves its viewer behind.

Who may use which route stands in tests/app/access/matrix.
"""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask

from app.access import gates
from app.viewer import NoViewer, current_viewer
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account
from tests.builders.reports import a_report

STAFF = ("partner_member", "partner_lead", "desk", "reviewer", "administrator")


def test_every_route_belongs_to_a_blueprint_and_so_to_a_gate(app: Flask) -> None:
    gated = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in app.blueprints}
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == gated


def test_a_second_gate_on_one_blueprint_is_refused() -> None:
    blueprint = Blueprint("twice", __name__)
    gates.public(blueprint)
    with pytest.raises(gates.TwoGates):
        gates.provider(blueprint)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/inbox", "/inbox/KE-0000000", "/nowhere", "/healthz"])
def test_no_viewer_is_left_in_the_thread_after_a_request(app: Flask, path: str) -> None:
    Browser(app).sign_in(an_account()).get(path)
    with pytest.raises(NoViewer):
        current_viewer()


def test_a_request_that_breaks_leaves_no_viewer_either(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(app).sign_in(an_account())
    monkeypatch.setattr("app.inbox.pages.show_list", lambda *_: 1 / 0)
    monkeypatch.setattr(app, "testing", False)
    assert browser.get("/inbox").status_code == 500
    with pytest.raises(NoViewer):
        current_viewer()


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("path", ["/", "/directory"])
def test_every_role_reads_the_directory_and_the_home_page(app: Flask, role: str, path: str) -> None:
    assert Browser(app).sign_in(an_account(role)).get(path).status_code == 200


def test_a_reviewer_is_told_in_plain_words_that_the_inbox_is_not_theirs(app: Flask) -> None:
    a_report("no drugs at the dispensary in Nambale")
    page = Browser(app).sign_in(an_account("reviewer")).get("/inbox").text
    assert "This page is not for your role" in page
    assert "Nambale" not in page


@pytest.mark.parametrize("path", ["/inbox", "/inbox?status=new&channel=sms", "/inbox/KE-0000000", "/directory"])
def test_a_stranger_is_sent_to_sign_in_and_then_on_to_where_they_wanted(app: Flask, path: str) -> None:
    browser = Browser(app)
    answer = browser.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=/")
    wanted = browser.get(answer.location).text.split('name="next" value="')[1].split('"')[0]
    assert wanted.replace("&amp;", "&") == path


def test_a_form_of_a_stranger_is_not_kept_for_after_the_sign_in(app: Flask) -> None:
    answer = Browser(app).post("/inbox/KE-0000000/note", note="x")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
