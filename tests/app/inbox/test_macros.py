"""A macro does several things under one name: made by leads, run by everybody there, whole or not at all."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from app.database import transaction
from app.inbox.bulk.running import run, tell
from app.inbox.macros.models import Macro
from app.reports.models import Answer, Report
from app.viewer import MIGRATION, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.bulks import change, now_of, post, told, work
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import events, rows

THANKS = "Thank you, we are on it."
STEPS = {"status": "acknowledged", "reply": THANKS, "new_tags": "march", "priority": "2"}


def make(app: Flask, **steps: str) -> Macro:
    lead = Browser(app).sign_in(an_account())
    answer = post(lead, "/inbox/macros/new", name="Take up", **(steps or STEPS))
    assert answer.status_code == 303, answer.text
    return rows(Macro)[-1]


def run_on(browser: Browser, report: Report, macro: object, number: str = "") -> int:
    form = number or str(uuid.uuid4())
    return post(browser, f"/inbox/{report.reference}/macro", form=form, macro=macro).status_code


def test_a_macro_of_before_that_makes_duplicates_does_nothing_and_says_what_to_do(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    with acting_as(MIGRATION), transaction() as session:
        steps = {"status": "duplicate", "reason": "the same", "priority": 1}
        session.add(Macro(id=900, place="cedc", name="The same", steps=steps))
    answer = browser.post(f"/inbox/{report.reference}/macro", form=str(uuid.uuid4()), macro="900")
    assert (answer.status_code, "Merge it with the report that it repeats" in answer.text) == (422, True)
    assert now_of(report).status == "new"


def test_a_member_runs_what_a_lead_made_and_all_of_it_is_done_once(app: Flask) -> None:
    macro, report, number = make(app), a_report(), str(uuid.uuid4())
    member = Browser(app).sign_in(an_account("partner_member"))
    assert "Take up" in member.get(f"/inbox/{report.reference}").text
    for _again in range(2):
        assert run_on(member, report, macro.id, number) == 303
    after = now_of(report)
    assert (after.status, after.tags, after.priority) == ("acknowledged", ["march"], 2)
    assert [event.kind for event in events() if "macro" in event.detail] == [
        "tags",
        "priority",
        "status",
        "answered",
    ]
    assert len(told(report)) == 2
    assert "Macro: Take up" in member.get(f"/inbox/{report.reference}").text


def test_where_one_part_cannot_be_done_none_is_and_the_page_says_why(app: Flask) -> None:
    macro, report = make(app), a_report()
    change(report, tags=[f"t{number}" for number in range(10)])
    browser = Browser(app).sign_in(an_account())
    answer = post(browser, f"/inbox/{report.reference}/macro", form=str(uuid.uuid4()), macro=macro.id)
    assert answer.status_code == 422
    assert "Nothing was done: One tag too many." in answer.text
    assert (now_of(report).status, now_of(report).priority, told(report)) == ("new", 3, [])


def test_it_is_run_on_many_and_its_reply_waits_with_the_rest(app: Flask) -> None:
    macro, reports = make(app), [a_report(), a_report()]
    browser, number = Browser(app).sign_in(an_account()), str(uuid.uuid4())
    chosen = [one.reference for one in reports]
    assert post(browser, "/inbox/bulk", form=number, chosen=chosen, macro=macro.id).status_code == 303
    work(run, number)
    assert [told(one) for one in reports] == [[], []]
    work(tell, number)
    assert [len(told(one)) for one in reports] == [2, 2]


SAID = {"reply-sw": "Asante, tunashughulikia.", "reply-en": "Thank you, we are on it."}


def answer_of(report: Report) -> str:
    return next(one.body for one in rows(Answer) if one.report_id == report.id)


@pytest.mark.parametrize(
    ("language", "also", "said"),
    [
        ("sw", {}, SAID["reply-sw"]),
        ("en", {}, SAID["reply-en"]),
        ("fr", {}, SAID["reply-en"]),
        ("fr", {"reply": "Merci / Thanks"}, "Merci / Thanks"),
        ("sw", {"reply": "Merci / Thanks"}, SAID["reply-sw"]),
    ],
)
def test_each_person_gets_its_reply_in_their_language_else_as_ready_answers_do(
    app: Flask, language: str, also: dict[str, str], said: str
) -> None:
    macro, report = make(app, **SAID, **also), a_report(language=language)
    assert run_on(Browser(app).sign_in(an_account()), report, macro.id) == 303
    assert answer_of(report) == said


def test_on_many_each_gets_it_in_their_own_language(app: Flask) -> None:
    macro, reports = make(app, **SAID), [a_report(language="sw"), a_report(language="en")]
    browser, number = Browser(app).sign_in(an_account()), str(uuid.uuid4())
    chosen = [one.reference for one in reports]
    assert post(browser, "/inbox/bulk", form=number, chosen=chosen, macro=macro.id).status_code == 303
    work(run, number)
    work(tell, number)
    assert [answer_of(one) for one in reports] == list(SAID.values())


def test_a_lead_writes_the_reply_in_the_languages_of_the_country_and_finds_each_again(app: Flask) -> None:
    lead = Browser(app).sign_in(an_account())
    page = lead.get("/inbox/macros/new").text
    assert [code for code in ("en", "sw", "fr") if f'name="reply-{code}"' in page] == ["en", "sw"]
    assert "Bahasa Indonesia" in page  # of the page's own languages, at its foot
    macro = make(app, **SAID)
    assert macro.steps["replies"] == {"en": SAID["reply-en"], "sw": SAID["reply-sw"]}
    page = lead.get(f"/inbox/macros/{macro.id}").text
    assert all(f"\n{text}</textarea>" in page for text in SAID.values())
    assert "Swahili" in lead.get("/inbox/macros").text
    assert "characters too long" in post(lead, "/inbox/macros/new", name="Long", **{"reply-sw": "x" * 1001}).text


@pytest.mark.parametrize("role", ["partner_member"])
def test_only_leads_make_change_and_delete(app: Flask, role: str) -> None:
    macro, member = make(app), Browser(app).sign_in(an_account(role))
    assert member.get("/inbox/macros").status_code == 200
    assert member.get("/inbox/macros/new").status_code == 403
    for path in ("new", str(macro.id), f"{macro.id}/delete"):
        assert post(member, f"/inbox/macros/{path}", name="Mine", priority="1").status_code == 403
    assert [one.name for one in rows(Macro)] == ["Take up"]


def test_another_partner_neither_sees_nor_runs_nor_changes_it(app: Flask) -> None:
    macro, report = make(app), a_report("borehole broken no water")
    other = Browser(app).sign_in(an_account(partner="cedgg"))
    assert "Take up" not in other.get("/inbox/macros").text
    assert run_on(other, report, macro.id) == 422
    assert other.get(f"/inbox/macros/{macro.id}").status_code == 404
    assert post(other, f"/inbox/macros/{macro.id}", name="Theirs", priority="1").status_code == 404


def test_a_lead_changes_and_deletes_one(app: Flask) -> None:
    macro, lead = make(app), Browser(app).sign_in(an_account())
    page = lead.get(f"/inbox/macros/{macro.id}").text
    assert THANKS in page
    assert 'value="march"' in page
    assert post(lead, f"/inbox/macros/{macro.id}", name="Only urgent", priority="1").status_code == 303
    assert (rows(Macro)[0].name, rows(Macro)[0].steps) == ("Only urgent", {"priority": 1})
    assert post(lead, f"/inbox/macros/{macro.id}/delete").status_code == 303
    assert rows(Macro) == []


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"name": "", "priority": "1"}, "Give it a name."),
        ({"name": "take UP", "priority": "1"}, "There is one with this name."),
        ({"name": "Nothing"}, "Choose at least one thing to do."),
        ({"name": "Long", "reply": "x" * 1001}, "characters too long"),
    ],
)
def test_one_that_makes_no_sense_is_refused_and_what_was_entered_stays(
    app: Flask, entered: dict, said: str
) -> None:
    make(app)
    answer = post(Browser(app).sign_in(an_account()), "/inbox/macros/new", **entered)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{entered["name"]}"' in answer.text
    assert len(rows(Macro)) == 1


def test_none_chosen_is_refused(app: Flask) -> None:
    report, browser = a_report(), Browser(app).sign_in(an_account())
    for macro in ("", "x", "999999", "9" * 40):
        assert run_on(browser, report, macro) == 422
