"""A sensitive report in the inbox: its leads and those whom they name read it, everybody else sees that there is
one and whom to ask; who has read it is noted."""

from __future__ import annotations

import uuid

from flask import Flask

from app.admin.effects import effects_of
from app.conversation.erasing import forget_number
from app.database import transaction
from app.directory.current import current_directory
from app.inbox.bulk.running import run
from app.outbox.report_json import list_reports, show_report
from app.reports.models import Report
from app.reports.sealed import ReportReader, SealedReading, SealedText
from app.viewer import COMMAND, WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.bulks import ask, items, now_of
from tests.app.inbox.bulks import work as work_on
from tests.app.inbox.test_sending_on import moved, send_on, work
from tests.app.outbox.conftest import carrier
from tests.app.outbox.working import jobs_waiting, work_until
from tests.app.reports.sealed_world import LEAD, tables_with
from tests.builders.accounts import an_account
from tests.builders.messages import Carrier
from tests.builders.reports import BEATEN, a_number, a_report, a_sensitive_report, say
from tests.builders.stored import events, messages_out, rows
from tests.conftest import Database

__all__ = ["carrier"]

CANARY = "sealcanary"
TOLD = f"{BEATEN}, {CANARY}"


def browser_of(app: Flask, role: str = "partner_lead", partner: str = "wacam") -> Browser:
    return Browser(app).sign_in(an_account(role, partner, country="GH" if role == "desk" else None))


def do(browser: Browser, report: Report, act: str, **fields: str) -> int:
    return browser.post(f"/inbox/{report.reference}/{act}", form=str(uuid.uuid4()), **fields).status_code


def page(browser: Browser, report: Report) -> str:
    return browser.get(f"/inbox/{report.reference}").text


def test_a_lead_reads_the_words_and_what_was_noted(app: Flask, database: Database) -> None:
    report, lead = a_sensitive_report(TOLD), browser_of(app)
    do(lead, report, "note", note=f"we called {CANARY}-noted")
    do(lead, report, "reply", reply=f"we help {CANARY}-told")
    do(lead, report, "status", was="new", status="not_a_report", reason=f"{CANARY}-why")
    shown = page(lead, report)
    assert all(f"{CANARY}{rest}" in shown for rest in ("", "-noted", "-told", "-why"))
    assert tables_with(database, CANARY) == set()


def test_a_colleague_sees_that_there_is_one_and_whom_to_ask(app: Flask) -> None:
    lead = an_account("partner_lead", "wacam")
    report, member = a_sensitive_report(TOLD), browser_of(app, "partner_member")
    shown = page(member, report)
    assert (report.reference in shown, CANARY in shown, lead.name in shown) == (True, False, True)
    assert "security forces" not in shown.lower()
    assert "textarea" not in shown
    listed = member.get("/inbox").text
    assert (report.reference in listed, CANARY in listed) == (True, False)
    assert "security forces" not in listed.split('class="excerpt"', 1)[1]
    assert member.get(f"/inbox?q={CANARY}").text.count(report.reference) == 0


ACTS = {
    "note": {"note": "x"},
    "reply": {"reply": "x"},
    "assign": {"to": ""},
    "status": {"was": "new", "status": "acknowledged"},
    "tags": {"new_tags": "x"},
    "priority": {"priority": "1"},
    "snooze": {"snooze": "3"},
    "wake": {},
    "send-on": {"place": "desk", "send_reason": "x"},
    "sensitive": {"secrecy": "x"},
    "not-sensitive": {"secrecy": "x"},
    "readers": {"reader": "1"},
    "readers/remove": {"reader": "1"},
}


def test_who_may_not_read_it_does_nothing_to_it(app: Flask) -> None:
    report, member = a_sensitive_report(), browser_of(app, "partner_member")
    before = len(events())
    assert {act: do(member, report, act, **fields) for act, fields in ACTS.items()} == dict.fromkeys(ACTS, 404)
    assert len(events()) == before


def test_a_lead_names_a_reader_and_takes_the_name_back(app: Flask) -> None:
    report, lead = a_sensitive_report(TOLD), browser_of(app)
    account = an_account("partner_member", "wacam")
    member = Browser(app).sign_in(account)
    assert do(lead, report, "readers", reader=str(account.id)) == 303
    assert CANARY in page(member, report)
    assert do(member, report, "readers", reader=str(account.id)) == 422
    assert do(member, report, "not-sensitive", secrecy="it is not") == 422
    assert account.name in page(lead, report)
    assert do(lead, report, "readers/remove", reader=str(account.id)) == 303
    assert CANARY not in page(member, report)
    assert [line.kind for line in events()][-2:] == ["reader_added", "reader_removed"]


def test_somebody_elsewhere_cannot_be_named(app: Flask) -> None:
    report, lead, stranger = a_sensitive_report(), browser_of(app), an_account("partner_member", "cedc")
    assert do(lead, report, "readers", reader=str(stranger.id)) == 422
    assert rows(ReportReader) == []


def test_giving_it_to_a_colleague_names_them_if_a_lead_does_so(app: Flask) -> None:
    report, lead = a_sensitive_report(TOLD), browser_of(app)
    first, second = an_account("partner_member", "wacam"), an_account("partner_member", "wacam")
    assert do(lead, report, "assign", to=str(first.id)) == 303
    reader = Browser(app).sign_in(first)
    assert CANARY in page(reader, report)
    assert do(reader, report, "assign", to=str(second.id)) == 422
    assert do(reader, report, "assign", to="") == 303


def test_anybody_marks_a_report_as_sensitive_and_says_why(app: Flask, database: Database) -> None:
    report, member = a_report(f"cyanide in the river at Obuasi {CANARY}", "GH"), browser_of(app, "partner_member")
    assert do(member, report, "sensitive", secrecy=" ") == 422
    assert do(member, report, "sensitive", secrecy=f"a named officer {CANARY}") == 303
    assert tables_with(database, CANARY) == set()
    assert CANARY not in page(member, report)
    assert page(browser_of(app), report).count(CANARY) == 3  # what was said, twice, and why it is sensitive


def test_a_lead_takes_it_back_with_a_reason_and_everybody_reads_again(app: Flask, database: Database) -> None:
    report, lead, member = a_sensitive_report(TOLD), browser_of(app), browser_of(app, "partner_member")
    assert do(lead, report, "not-sensitive", secrecy="") == 422
    assert do(lead, report, "not-sensitive", secrecy="nobody is named") == 303
    assert (CANARY in page(member, report), "nobody is named" in page(member, report)) == (True, True)
    assert rows(SealedText) == []
    assert member.get(f"/inbox?q={CANARY}").text.count(report.reference) > 0


def test_leads_see_who_has_read_it(app: Flask) -> None:
    report, lead = a_sensitive_report(), browser_of(app)
    other = an_account("partner_lead", "wacam")
    page(Browser(app).sign_in(other), report)
    assert f"wacam: {other.name}" in page(lead, report).split("Who has read it")[1]
    assert [one.what for one in rows(SealedReading)] == ["words"] * 2


def test_a_new_place_has_new_readers(app: Flask, database: Database) -> None:
    report, lead, account = a_sensitive_report(TOLD), browser_of(app), an_account("partner_member", "wacam")
    do(lead, report, "readers", reader=str(account.id))
    assert send_on(lead, report, "gh-agriculture", "farmers") == 303
    work(app, database)
    assert (moved(report).sealed, moved(report).partner, rows(ReportReader)) == (True, "pfag", [])
    assert CANARY in page(browser_of(app, partner="pfag"), report)
    assert CANARY not in page(browser_of(app, "partner_member", "pfag"), report)
    assert lead.get(f"/inbox/{report.reference}").status_code == 404


def test_that_somebody_told_of_worse_is_not_said_on_their_other_reports(app: Flask) -> None:
    phone = a_number("GH")
    sensitive, other = (
        a_sensitive_report(sender=phone),
        a_report("cyanide in the river at Obuasi", "GH", sender=phone),
    )
    assert sensitive.contact_id == other.contact_id
    assert sensitive.reference in page(browser_of(app), other)
    assert sensitive.reference not in page(browser_of(app, "partner_member"), other)


def test_commands_print_that_it_is_sealed(app: Flask) -> None:
    report = a_sensitive_report(TOLD)
    with acting_as(COMMAND):
        shown = show_report(report.reference)
        listed = list(list_reports())
    assert shown
    assert (shown["messages"][0]["body"], shown["flags"][-1]) == ("[sealed]", "sensitive")
    assert (CANARY in str(shown), len(listed)) == (False, 1)


def test_the_person_reads_the_answer_and_it_is_sealed_on_its_way(
    app: Flask, database: Database, carrier: Carrier
) -> None:
    phone = a_number("GH")
    report, lead = a_sensitive_report(sender=phone), browser_of(app)
    do(lead, report, "reply", reply=f"call the {CANARY} office")
    say("READ", "GH", sender=phone)
    assert tables_with(database, CANARY) == set()
    work_until(lambda: jobs_waiting(database) == 0, app, database)
    assert f"{report.reference}: call the {CANARY} office" in [sms.text for sms in carrier.sent]
    assert [one.segments for one in messages_out() if one.purpose == "answer"] == [1]


def test_what_was_sent_of_it_is_forgotten_with_the_person(app: Flask, database: Database) -> None:
    phone = a_number("GH")
    report, lead = a_sensitive_report(sender=phone), browser_of(app)
    do(lead, report, "reply", reply="call the office")
    for text in ("READ", "DELETE", "DELETE"):
        say(text, "GH", sender=phone)
    with acting_as(WORKER):
        forget_number(str(report.contact_id))
    assert {text.kind for text in rows(SealedText)} == {"message", "answer"}


def test_many_at_once_leave_it_alone(app: Flask) -> None:
    report, lead = a_sensitive_report(), browser_of(app)
    work_on(run, ask(lead, [report], priority="1"))
    assert (now_of(report).priority, [(item.state, item.why) for item in items()]) == (3, [("left", "sealed")])


def test_its_words_teach_nothing_and_try_no_edit(app: Flask) -> None:
    report, lead = a_sensitive_report(TOLD), browser_of(app)
    assert lead.get(f"/admin/learn/{report.reference}").status_code == 404
    with acting_as(LEAD), transaction() as session:
        directory = current_directory()
        assert effects_of(session, "GH", directory, directory).looked_at == 0
