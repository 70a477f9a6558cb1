"""What a partner's program may read and do, and what not."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.api import tokens
from app.api.gate import SCOPE_OF
from app.api.models import ApiToken
from app.database import transaction
from app.reports.models import Event
from app.viewer import MIGRATION, acting_as
from tests.app.access.browser import Browser
from tests.app.api.asking import Program, a_token, ago, change
from tests.app.inbox.many import reports_at
from tests.builders.accounts import an_account
from tests.builders.cases import a_case
from tests.builders.reports import a_number, a_report
from tests.builders.stored import messages_out, reports, rows

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def program(app: Flask) -> Program:
    return Program(app, a_token())


def test_a_program_lists_its_partner_s_reports_and_no_others(app: Flask, program: Program) -> None:
    ours = a_report()
    a_report("borehole broken no water"), a_report(country="GH")
    assert [one["reference"] for one in program.get("/reports").json["reports"]] == [ours.reference]


def test_lists_go_on_by_cursor_until_the_end(program: Program) -> None:
    expected = reports_at([START + timedelta(hours=n // 2) for n in range(7)])
    found, more = [], ""
    while more is not None:
        page = program.get(f"/reports?limit=3{f'&before={more}' if more else ''}").json
        found += [one["reference"] for one in page["reports"]]
        more = page["next"]
    assert found == expected


def test_filters_are_those_of_the_inbox_and_what_is_none_is_refused(program: Program) -> None:
    wanted = a_report(channel="ussd")
    a_report()
    assert [one["reference"] for one in program.get("/reports?channel=ussd").json["reports"]] == [wanted.reference]
    wrong = ("channel=fax", "nonsense=1", "tab=mine", "assigned=me", "unread=yes", "limit=0", "limit=x", "before=x")
    for query in (*wrong, "sort=size", "tab=none"):
        assert program.get(f"/reports?{query}").status_code == 400, query


def test_one_report_has_facts_words_and_timeline_and_never_a_number(program: Program) -> None:
    number = a_number()
    report = a_report("no drugs in Busia", sender=number)
    answer = program.get(f"/reports/{report.reference.lower()}")
    assert answer.json["messages"][0]["words"] == "no drugs in Busia"
    assert [one["event"] for one in answer.json["timeline"]] == ["filed"]
    assert number[4:] not in answer.text


def test_words_need_a_scope_of_their_own_and_those_of_sensitive_reports_never_come(app: Flask) -> None:
    plain, sensitive = a_report("no drugs in Busia"), a_report("no drugs, beaten", flags=["sensitive"])
    without = Program(app, a_token("cedc", "reports:read"))
    assert "Busia" not in without.get(f"/reports/{plain.reference}").text
    answer = Program(app, a_token()).get(f"/reports/{sensitive.reference}")
    assert (answer.json["sensitive"], answer.json["messages"]) == (True, [])
    assert "beaten" not in answer.text


def test_a_note_is_kept_once_for_its_key_in_the_program_s_name(program: Program) -> None:
    report, key = a_report(), str(uuid.uuid4())
    for _again in range(2):
        assert program.post(f"/reports/{report.reference}/notes", key, text="seen in our system").status_code == 200
    (note,) = [event for event in rows(Event) if event.kind == "note"]
    assert (note.by, note.detail["text"]) == ("cedc: their system", "seen in our system")


def test_a_status_moves_on_from_what_the_program_saw_and_the_person_is_told(program: Program) -> None:
    path = f"/reports/{a_report().reference}/status"
    moved = program.post(path, **{"from": "new", "to": "acknowledged"})
    assert (moved.status_code, moved.json["status"]) == (200, "acknowledged")
    assert [one.purpose for one in messages_out()] == ["acknowledgment", "update"]
    assert program.post(path, **{"from": "new", "to": "acknowledged"}).status_code == 409
    assert program.post(path, **{"from": "acknowledged", "to": "confirmed"}).status_code == 422
    repeats = program.post(path, **{"from": "acknowledged", "to": "duplicate", "reason": "the same"})
    assert (repeats.status_code, "Merge it" in repeats.json["detail"]) == (422, True)


def test_what_is_wrong_is_said_as_problem_details(program: Program) -> None:
    path = f"/reports/{a_report().reference}/notes"
    answers = [
        program.post(path, None, text="x"),
        program.post(path, "no uuid", text="x"),
        program.post(path, text=3),
        program.post(path, text=" "),
        program.get("/reports/KE-AAAAAAA"),
        program.get(f"/cases/{2**70}"),
        program.get("/figures?month=1999-01"),
    ]
    assert [one.status_code for one in answers] == [400, 400, 400, 422, 404, 404, 404]
    for answer in answers:
        assert answer.mimetype == "application/problem+json"
        assert answer.json["status"] == answer.status_code
        assert {"type", "title", "detail"} <= set(answer.json)


def test_gaps_and_cases_are_those_of_the_partner(app: Flask) -> None:
    case = a_case()
    theirs, ours = Program(app, a_token("afesis")), Program(app, a_token())
    assert [one["number"] for one in theirs.get("/cases").json["cases"]] == [case.id]
    assert theirs.get(f"/cases/{case.id}").json["state"] == case.state
    assert [one["case"] for one in theirs.get("/gaps").json["gaps"]] == [case.id]
    assert (ours.get("/cases").json["cases"], ours.get("/gaps").json["gaps"]) == ([], [])
    assert ours.get(f"/cases/{case.id}").status_code == 404


PATHS = {
    "reports:read": [("GET", "/reports"), ("GET", "/reports/{reference}")],
    "reports:write": [("POST", "/reports/{reference}/notes"), ("POST", "/reports/{reference}/status")],
    "gaps:read": [("GET", "/gaps")],
    "cases:read": [("GET", "/cases"), ("GET", "/cases/1")],
    "figures:read": [("GET", "/figures")],
    "words:read": [],
}


@pytest.mark.parametrize("scope", tokens.SCOPES)
def test_each_scope_opens_its_own_routes_and_no_other(app: Flask, scope: str) -> None:
    report, program = a_report(), Program(app, a_token("cedc", scope))
    assert sum(map(len, PATHS.values())) == len(SCOPE_OF)
    for opened, paths in PATHS.items():
        for method, path in paths:
            ask = program.get if method == "GET" else program.post
            status = ask(path.format(reference=report.reference)).status_code
            assert (status != 403) == (opened == scope), path


@pytest.mark.parametrize("partner", ["cedc", "wacam", "ke-desk", "ibp"])
def test_each_partner_s_token_sees_its_own_reports_alone(app: Flask, partner: str) -> None:
    ours = a_report()
    theirs = a_report(country="GH", entry_point="gh-mining", sector="mining", partner="wacam")
    program = Program(app, a_token(partner))
    seen = [one.reference for one in (ours, theirs) if program.get(f"/reports/{one.reference}").status_code == 200]
    assert seen == {"cedc": [ours.reference], "wacam": [theirs.reference]}.get(partner, [])
    assert len(program.get("/reports").json["reports"]) == len(seen)


@pytest.mark.parametrize(
    "values", [{"revoked_at": datetime.now(UTC)}, {"expires_at": ago(seconds=1)}, {"token_hash": b"another"}]
)
def test_a_token_that_is_revoked_expired_or_unknown_opens_nothing(app: Flask, values: dict) -> None:
    program = Program(app, a_token(**values))
    answer = program.get("/reports")
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert "Bearer" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("given", ["", "Basic x", "Bearer", "Bearer ", "bearer nonsense"])
def test_what_is_no_token_opens_nothing(app: Flask, given: str) -> None:
    program = Program(app, None)
    program.headers = {"Authorization": given}
    assert program.get("/reports").status_code == 401


def test_too_many_requests_wait_for_the_minute_to_pass(app: Flask) -> None:
    program = Program(app, a_token(counted=tokens.PER_MINUTE, counted_from=ago(seconds=50)))
    answer = program.get("/reports")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 12
    change(counted_from=ago(seconds=61))
    assert program.get("/reports").status_code == 200


def test_only_the_hash_of_a_token_is_kept_and_when_it_was_used_is_noted(app: Flask) -> None:
    token = a_token()
    Program(app, token).get("/reports")
    (row,) = rows_of_tokens()
    assert token.encode() not in row.token_hash
    assert row.used_at is not None


def rows_of_tokens() -> list[ApiToken]:
    with acting_as(MIGRATION), transaction() as session:
        return list(session.scalars(select(ApiToken)))


def test_a_lead_makes_a_token_that_is_shown_once_and_revokes_it(app: Flask) -> None:
    a_report()
    browser = Browser(app).sign_in(an_account())
    made = browser.post("/api/tokens", name="Our system", scopes="reports:read", days="90").text
    token = made.partition('id="token">')[2].partition("<")[0]
    assert len(Program(app, token).get("/reports").json["reports"]) == 1
    page = browser.get("/api/tokens").text
    assert "Our system" in page
    assert token not in page
    (row,) = rows_of_tokens()
    assert browser.post(f"/api/tokens/{row.id}/revoke").status_code == 303
    assert Program(app, token).get("/reports").status_code == 401


@pytest.mark.parametrize("form", [{"name": ""}, {"scopes": "everything"}, {"days": "9999"}, {"name": "x" * 61}])
def test_a_token_needs_a_name_a_purpose_and_an_end(app: Flask, form: dict[str, str]) -> None:
    browser = Browser(app).sign_in(an_account())
    good = {"name": "Ours", "scopes": "reports:read", "days": "30"}
    assert browser.post("/api/tokens", **{**good, **form}).status_code == 422
    assert rows_of_tokens() == []


def test_only_leads_of_the_partner_see_and_revoke_its_tokens(app: Flask) -> None:
    a_token()
    (row,) = rows_of_tokens()
    elsewhere = Browser(app).sign_in(an_account(partner="wacam"))
    assert "their system" not in elsewhere.get("/api/tokens").text
    assert elsewhere.post(f"/api/tokens/{row.id}/revoke").status_code == 404
    assert Browser(app).sign_in(an_account("partner_member")).get("/api/tokens").status_code == 403


def test_a_token_is_no_sign_in_and_a_sign_in_is_no_token(app: Flask) -> None:
    a_report()
    browser = Browser(app).sign_in(an_account())
    assert browser.get("/api/v1/reports").status_code == 401
    with app.app_context():
        client, headers = app.test_client(), {"Authorization": f"Bearer {a_token()}"}
        assert client.get("/inbox", headers=headers, base_url="https://gapline.test").status_code == 303
    assert len(reports()) == 1
