"""Reports that say the same are found and merged: one goes on, nothing is lost, and everybody hears of it."""

from __future__ import annotations

import uuid
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import update

from app.database import transaction
from app.gaps.gathering import sweep
from app.inbox import sending_on
from app.reports.merged import kept_of, merged_into, voices
from app.reports.models import Report
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.accounts import an_account
from tests.builders.cases import agree
from tests.builders.gaps import gap_of, gaps, gather_now
from tests.builders.reports import a_number, a_report, say
from tests.builders.stored import events, messages_out, rows
from tests.conftest import Database

DRUGS = "no drugs at the dispensary in Busia"


@pytest.fixture
def lead(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account())


def merge(browser: Browser, report: Report, other: Report | str, stays: str = "other", **form: str) -> int:
    reference = other if isinstance(other, str) else other.reference
    fields = {
        "form": str(uuid.uuid4()),
        "other": reference,
        "stays": stays,
        "merge_reason": "the same visit",
    } | form
    return browser.post(f"/inbox/{report.reference}/merge", **fields).status_code


def unmerge(browser: Browser, report: Report, reason: str = "another village") -> int:
    fields = {"form": str(uuid.uuid4()), "unmerge_reason": reason}
    return browser.post(f"/inbox/{report.reference}/unmerge", **fields).status_code


def set_status(browser: Browser, report: Report, to: str) -> None:
    fields = {"form": str(uuid.uuid4()), "was": now(report).status, "status": to, "reason": ""}
    assert browser.post(f"/inbox/{report.reference}/status", **fields).status_code == 303


def now(report: Report) -> Report:
    return next(one for one in rows(Report) if one.id == report.id)


def work(app: Flask, database: Database) -> None:
    """Tell and ask everybody, as the worker does."""
    waiting = ("outbox.tell_all", "followup.ask_about")
    work_until(lambda: not any(jobs_waiting(database, task) for task in waiting), app, database, "default")


def told(report: Report) -> list[str]:
    return [
        f"{m.purpose} {m.body.replace(report.reference, 'REF').partition('.')[0]}"
        for m in messages_out()
        if m.report_id == report.id and m.purpose != "acknowledgment"
    ]


@pytest.mark.parametrize("stays", ["other", "this"])
def test_either_of_the_two_goes_on_and_both_keep_what_is_theirs(app: Flask, lead: Browser, stays: str) -> None:
    here, there = a_report(f"{DRUGS} canaryone"), a_report(f"{DRUGS} canarytwo", status="acknowledged")
    assert merge(lead, here, there, stays) == 303
    merged, kept = (here, there) if stays == "other" else (there, here)
    assert (now(merged).status, now(merged).merged_into, now(merged).step) == ("duplicate", kept.id, None)
    assert (now(kept).status, now(kept).merged_into) == (kept.status, None)
    pages = [unescape(lead.get(f"/inbox/{one.reference}").text) for one in (merged, kept)]
    for page, one, other in zip(pages, (merged, kept), (kept, merged), strict=True):
        assert f'href="/inbox/{other.reference}"' in page
        assert ("canaryone" if one is here else "canarytwo") in page
        assert "the same visit" in page
    assert "Merged into another report" in pages[0]
    assert "Another report was merged into this one" in pages[1]
    assert told(merged) == ["update REF: joined with an earlier report"]


def test_a_form_that_is_sent_twice_merges_once(app: Flask, lead: Browser) -> None:
    here, there, form = a_report(DRUGS), a_report(DRUGS), str(uuid.uuid4())
    assert [merge(lead, here, there, form=form) for _ in range(2)] == [303, 303]
    assert [event.kind for event in events() if event.kind in ("merged", "took_in")] == ["merged", "took_in"]


def test_what_cannot_be_merged_is_refused(app: Flask, lead: Browser) -> None:
    report, ended = a_report(DRUGS), a_report(DRUGS, status="closed")
    led_elsewhere = a_report(DRUGS, partner="cedgg")
    foreign = a_report("no water", entry_point="ke-water-sanitation", sector="water-sanitation", partner="cedgg")
    refusals = {
        report.reference: "A report cannot be merged with itself.",
        "": "Choose a report, or enter its reference.",
        "hello": "Choose a report, or enter its reference.",
        "KE-0000001": "This reference has a typing mistake.",
        ended.reference: "One of them has come to its end",
        foreign.reference: "You work on no report with this reference.",
        led_elsewhere.reference: "They are with different partners.",
    }
    for other, words in refusals.items():
        fields = {"form": str(uuid.uuid4()), "other": other, "stays": "other", "merge_reason": "x"}
        answer = lead.post(f"/inbox/{report.reference}/merge", **fields)
        assert (answer.status_code, words in unescape(answer.text)) == (422, True), other
    assert merge(lead, report, a_report(DRUGS), merge_reason=" ") == 422
    assert merge(lead, report, a_report(DRUGS), stays="") == 422
    assert now(report).status == "new"


def test_there_are_chains_but_no_circles(app: Flask, lead: Browser) -> None:
    first, second, third = (a_report(DRUGS) for _ in range(3))
    assert merge(lead, first, second) == 303
    assert merge(lead, second, third) == 303
    assert merge(lead, third, first) == 422
    assert merge(lead, third, second) == 422
    with acting_as(WORKER), transaction() as session:
        last = session.get_one(Report, third.id)
        assert {one.id for one in merged_into(session, last)} == {first.id, second.id}
        assert kept_of(session, session.get_one(Report, first.id)) is last
        assert [one.id for one in voices(session, last)] == [third.id, first.id, second.id]


def test_taken_out_again_a_report_has_the_status_that_it_had_and_its_person_hears_it(
    app: Flask, lead: Browser
) -> None:
    report, other = a_report(DRUGS, status="in_follow_up"), a_report(DRUGS)
    merge(lead, report, other)
    assert unmerge(lead, report, " ") == 422
    assert unmerge(lead, report) == 303
    assert (now(report).status, now(report).merged_into) == ("in_follow_up", None)
    assert told(report)[-1] == "update REF: being followed up"
    assert "Goes on by itself again" in lead.get(f"/inbox/{report.reference}").text
    assert "A merged report goes on by itself again" in lead.get(f"/inbox/{other.reference}").text
    assert unmerge(lead, report) == 409


def test_the_news_of_the_kept_one_reaches_everybody_in_their_language_about_their_own(
    app: Flask, database: Database, lead: Browser
) -> None:
    first = a_report("hakuna dawa zahanati ya Busia")
    second, kept = a_report(DRUGS), a_report(DRUGS)
    merge(lead, first, second)
    merge(lead, second, kept)
    for status in ("acknowledged", "needs_information", "in_follow_up", "resolved"):
        set_status(lead, kept, status)
    work(app, database)
    assert told(first)[1:] == [
        "update REF: kuna mtu anaishughulikia",
        "update REF: inafuatiliwa",
        "update REF: wanasema imetatuliwa",
    ]
    assert told(second)[1:] == [
        "update REF: a person has taken it up",
        "update REF: being followed up",
        "update REF: said to be solved",
    ]


def test_somebody_who_said_it_twice_hears_it_once(app: Flask, database: Database, lead: Browser) -> None:
    sender = a_number()
    kept, again = a_report(DRUGS, sender=sender), a_report(DRUGS, sender=sender)
    merge(lead, again, kept)
    set_status(lead, kept, "acknowledged")
    work(app, database)
    assert told(again) == ["update REF: joined with an earlier report"]
    assert told(kept) == ["update REF: a person has taken it up"]


def resolved_for(app: Flask, database: Database, lead: Browser, *senders: str) -> tuple[Report, ...]:
    """A report of each of these, all merged into the first one, which is said to be resolved."""
    found = tuple(a_report(DRUGS, sender=sender) for sender in senders)
    for sender in senders:
        agree(sender)
    for one in found[1:]:
        merge(lead, one, found[0])
    for status in ("acknowledged", "in_follow_up", "resolved"):
        set_status(lead, found[0], status)
    work(app, database)
    return found


def test_everybody_is_asked_whether_it_was_fixed_about_their_own(
    app: Flask, database: Database, lead: Browser
) -> None:
    found = resolved_for(app, database, lead, a_number(), a_number())
    work(app, database)
    for one in found:
        assert [line for line in told(one) if line.startswith("was_it_solved")] == [
            "was_it_solved REF: was it solved? Reply 1 yes, 2 no, 3 partly"
        ]


def test_it_is_confirmed_when_nobody_is_waited_for_any_more(app: Flask, database: Database, lead: Browser) -> None:
    ours, theirs = a_number(), a_number()
    kept, merged = resolved_for(app, database, lead, ours, theirs)
    say("1", sender=theirs)
    assert now(kept).status == "resolved"
    assert told(merged)[-1] == "update REF: you confirmed it is solved"
    say("1", sender=ours)
    assert now(kept).status == "confirmed"
    assert told(kept)[-1] == "update REF: you confirmed it is solved"
    assert now(merged).status == "duplicate"


def test_one_no_opens_it_again_for_all(app: Flask, database: Database, lead: Browser) -> None:
    ours, theirs = a_number(), a_number()
    kept, merged = resolved_for(app, database, lead, ours, theirs)
    say("1", sender=ours)
    say("2", sender=theirs)
    work(app, database)
    assert now(kept).status == "reopened"
    assert told(kept)[-1] == told(merged)[-1] == "update REF: opened again"
    assert [told(one).count("update REF: opened again") for one in (kept, merged)] == [1, 1]


def test_status_is_answered_with_where_the_kept_one_stands(app: Flask, lead: Browser) -> None:
    sender = a_number()
    merged, kept = a_report(DRUGS, sender=sender), a_report(DRUGS)
    merge(lead, merged, kept)
    said = []
    for status in (None, "acknowledged", "needs_information", "in_follow_up"):
        if status:
            set_status(lead, kept, status)
        say(f"STATUS {merged.reference}", sender=sender)
        said.append([m for m in messages_out() if m.purpose == "state"][-1].body.replace(merged.reference, "REF"))
    assert said == [
        "REF: joined with an earlier report.",
        "REF: a person has taken it up.",
        "REF: a person has taken it up.",
        "REF: being followed up.",
    ]


def test_people_still_count_in_the_gap_where_another_said_the_same(app: Flask, lead: Browser) -> None:
    sender = a_number()
    kept, other = a_report(DRUGS, sender=sender), a_report(DRUGS)
    again = a_report(DRUGS, sender=sender)
    gather_now(kept, other, again)
    assert [(gap.reports, gap.people) for gap in gaps()] == [(3, 2)]
    merge(lead, other, kept)
    merge(lead, again, kept)
    gather_now(kept)
    assert [(gap.reports, gap.people) for gap in gaps()] == [(2, 2)]
    unmerge(lead, again)
    gather_now(again)
    assert [(gap.reports, gap.people) for gap in gaps()] == [(3, 2)]


def test_merged_reports_follow_the_kept_one_into_another_gap_and_a_sweep_sees_to_it(
    app: Flask, lead: Browser
) -> None:
    first, second, kept = a_report(DRUGS), a_report(DRUGS), a_report(DRUGS)
    merge(lead, first, second)
    merge(lead, second, kept)
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Report).where(Report.id == kept.id).values(area="KE-30"))
    with acting_as(WORKER):
        sweep(timestamp=0)
    assert {gap_of(one).key for one in (first, second, kept)} == {gap_of(kept).key}
    assert (gap_of(kept).reports, gap_of(kept).people) == (3, 3)
    assert gap_of(kept).area == "KE-30"


def test_what_is_sent_on_takes_along_what_was_merged_into_it(app: Flask, lead: Browser, database: Database) -> None:
    merged, kept = a_report(DRUGS), a_report(DRUGS)
    merge(lead, merged, kept)
    fields = {"form": str(uuid.uuid4()), "place": "ke-water-sanitation", "send_reason": "it is about water"}
    lead.post(f"/inbox/{kept.reference}/send-on", **fields)
    assert jobs_waiting(database, "inbox.move") == 1
    with acting_as(WORKER):
        sending_on.move(event=next(event.id for event in events() if event.kind == "sent_on"))
    assert [now(one).partner for one in (merged, kept)] == ["cedgg", "cedgg"]


def test_the_desk_and_others_cannot_merge_what_is_not_theirs(app: Flask) -> None:
    report, other = a_report(DRUGS), a_report(DRUGS)
    for account in (an_account(partner="cedgg"), an_account("desk")):
        assert merge(Browser(app).sign_in(account), report, other) == 404
    assert Browser(app).get(f"/inbox/{report.reference}").status_code == 303
