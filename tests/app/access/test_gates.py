"""Every way in has exactly one gate, and no request leaves its viewer behind."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask

from app.access import gates
from app.viewer import NoViewer, current_viewer
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account
from tests.builders.reports import a_report

STAFF = ("partner_member", "partner_lead", "desk", "reviewer", "administrator")
TRIAGE = ("partner_member", "partner_lead", "desk")
PARTNERS = ("partner_member", "partner_lead")
CASES = (*PARTNERS, "reviewer")
EDITORS = ("partner_lead", "administrator")
DUE_DATES = ("plans", "plan", "hours", "add_day", "work_on", "rest_on", "limits", "go_back")
EDITED_BY_LEADS = (
    *("overview", "entry_point", "problems", "words", "places"),
    *("sheet_file", "sheet_import", "history", "version", "why", "answers", "undo"),
)
ENTERING = (
    *("one", "enter_one", "done", "sheet", "look_through", "preview", "confirm", "empty_csv", "empty_xlsx"),
)
HOOKS = ("manage", "register", "log", "rotate", "test", "switch", "delete")
MANAGING = ("role", "entry_points", "disable", "enable", "remove", "take_off_factor")
SECRECY = ("make_sensitive", "open_again", "let_read", "let_read_no_more")
OWN = ("switch", "account", "password", "change_password", "end_session", "end_other_sessions")
OWN_FACTOR = ("prove", "prove_now", "factor_page", "begin", "confirm", "new_codes")
TRANSLATING = ("languages", "language", "aloud", "text", "correct", "sign_off")
EDITED_BY_ADMINISTRATORS = (
    *("country", "country_facts", "entry_facts", "partners", "serving"),
    *("elsewhere", "document", "download", "go_back", "money"),
)


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


FOLLOWING = ("for_me", "read_everything", "follow_report", "letters", "choose_letters")
MACROS = ("run", "overview", "new", "edit", "make", "change", "delete")

OPEN_TO = {
    "inbox.reports": TRIAGE,
    "inbox.report": TRIAGE,
    "inbox.change_status": TRIAGE,
    "inbox.note": TRIAGE,
    "inbox.assign": TRIAGE,
    "inbox.reply": TRIAGE,
    **dict.fromkeys(("photos.page", "photos.file"), TRIAGE),
    "inbox.correct_area": TRIAGE,
    "inbox.send_on": TRIAGE,
    **dict.fromkeys(("views.manage", "views.save", "views.delete", "views.up", "views.open_with"), TRIAGE),
    "views.read_everything": TRIAGE,
    **dict.fromkeys(("marks.tag", "marks.prioritise", "marks.snooze", "marks.wake"), TRIAGE),
    **dict.fromkeys((f"exports.{name}" for name in ("log", "new", "order", "ready", "fetch")), TRIAGE),
    **dict.fromkeys((f"entering.{name}" for name in ENTERING), TRIAGE),
    "sheets.report": TRIAGE,
    "reveals.reveal": TRIAGE,
    "numbers_shown.log": ("partner_lead", "desk", "administrator"),
    **dict.fromkeys((f"bulk.{name}" for name in ("ask", "choose", "progress", "undo")), TRIAGE),
    **dict.fromkeys((f"beside.{name}" for name in ("beside", "discard", "keep", "others")), TRIAGE),
    **dict.fromkeys(("merging.merge", "merging.unmerge"), TRIAGE),
    "asking.ask": TRIAGE,
    **dict.fromkeys((f"following.{name}" for name in FOLLOWING), TRIAGE),
    **dict.fromkeys((f"macros.{name}" for name in MACROS), TRIAGE),
    "cases.sheet": CASES,
    **dict.fromkeys((f"hooks.{name}" for name in HOOKS), ("partner_lead",)),
    **dict.fromkeys(("tokens.manage", "tokens.make", "tokens.revoke"), ("partner_lead",)),
    **dict.fromkeys((f"secrecy.{name}" for name in SECRECY), TRIAGE),
    **dict.fromkeys(("redacting.page", "redacting.redact", "redacting.restore", "redacting.original"), TRIAGE),
    "gaps.gaps": PARTNERS,
    "gaps.gap": PARTNERS,
    **dict.fromkeys(("cases.cases", "cases.case"), CASES),
    **dict.fromkeys(("cases.open_case", "cases.facts", "cases.cause", "cases.figure"), CASES),
    **dict.fromkeys(("cases.action", "cases.response", "cases.state", "cases.note"), CASES),
    **dict.fromkeys(("cases.figures", "cases.take_back"), CASES),
    **dict.fromkeys(("review.figures", "review.countries", "review.months", "review.areas"), ("reviewer",)),
    "who_serves_whom.directory": STAFF,
    **dict.fromkeys((f"deadlines.{name}" for name in DUE_DATES), EDITORS),
    **dict.fromkeys((f"own.{name}" for name in OWN), STAFF),
    "team.members_list": (*TRIAGE, "administrator"),
    **dict.fromkeys(("absence.absence", "absence.go_away", "absence.come_back"), TRIAGE),
    **dict.fromkeys(("team_inviting.send", "team_inviting.withdraw"), ("partner_lead", "desk", "administrator")),
    **dict.fromkeys((f"team_managing.{name}" for name in MANAGING), EDITORS),
    **dict.fromkeys((f"own_factor.{name}" for name in OWN_FACTOR), STAFF),
    **dict.fromkeys((f"directory_editing.{name}" for name in EDITED_BY_LEADS), EDITORS),
    "learning.learn": ("partner_lead",),
    **dict.fromkeys((f"translating.{name}" for name in TRANSLATING), EDITORS),
    **dict.fromkeys((f"directory_admin.{name}" for name in EDITED_BY_ADMINISTRATORS), ("administrator",)),
}
"""Every page of staff, and who may use it: a page that is not here fails the first test below."""


def test_every_staff_page_says_here_who_may_use_it(app: Flask) -> None:
    staff = {name for name in app.blueprints if gates.gates_of(app, name)[0].name == "staff"}
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {endpoint for endpoint in endpoints if endpoint.split(".")[0] in staff} == set(OPEN_TO)


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("endpoint", ["inbox.reports", "inbox.report"])
def test_each_role_reads_what_is_its_own_and_nothing_else(app: Flask, role: str, endpoint: str) -> None:
    report = a_report(flags=["outside area"])
    path = {"inbox.reports": "/inbox", "inbox.report": f"/inbox/{report.reference}"}[endpoint]
    answer = Browser(app).sign_in(an_account(role)).get(path)
    assert answer.status_code == (200 if role in OPEN_TO[endpoint] else 403)


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("path", ["/", "/directory"])
def test_every_role_reads_the_directory_and_the_home_page(app: Flask, role: str, path: str) -> None:
    assert Browser(app).sign_in(an_account(role)).get(path).status_code == 200


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("act", ["status", "note", "reply", "send-on", "tags", "priority", "snooze", "wake"])
def test_only_those_who_triage_act_on_reports(app: Flask, role: str, act: str) -> None:
    report = a_report(flags=["outside area"])
    answer = Browser(app).sign_in(an_account(role)).post(f"/inbox/{report.reference}/{act}")
    assert answer.status_code == (400 if role in TRIAGE else 403)


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
