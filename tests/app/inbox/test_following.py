"""Following reports, and the page "for me": who is told of what, what is unread, and how it is paged."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select

from app.access.accounts import disable
from app.access.models import Account
from app.database import SAY_WHO, transaction, who
from app.deadlines.clock import FIRST_ANSWER
from app.deadlines.escalating import ESCALATED
from app.inbox.following.models import Notice
from app.inbox.following.telling import forget_notices
from app.reports.models import Event, Report
from app.reports.sealed import ReportReader
from app.reports.sealing import seal
from app.reports.timeline import record
from app.viewer import INTAKE, WORKER, Viewer, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.many import statements
from tests.app.inbox.test_sharing_out import confined_to, give
from tests.app.inbox.told import handle, note, tell, told
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import rows
from tests.conftest import Database


def follow(browser: Browser, report: Report, follows: str = "yes") -> int:
    form = {"form": str(uuid.uuid4()), "follows": follows}
    return browser.post(f"/inbox/{report.reference}/follow", **form).status_code


def followers(browser: Browser, report: Report) -> str:
    page = browser.get(f"/inbox/{report.reference}").text
    return re.sub("<[^>]+>", "", page.split('id="follow-title"')[1].split("<form")[0])


def happens(report: Report, kind: str, **detail: object) -> None:
    """Something of which the person or the product is the cause."""
    with acting_as(INTAKE), transaction() as session:
        record(session, session.get_one(Report, report.id), kind, **detail)


def make_sensitive(report: Report, named: Account | None = None) -> None:
    """The worker seals it; one person is named who reads it."""
    with acting_as(WORKER), transaction() as session:
        found = session.get_one(Report, report.id)
        seal(session, found)
        if named:
            session.add(ReportReader(report=found, account_id=named.id, by="x"))


def references(page: str) -> list[str]:
    return re.findall(r'<a class="code" href="/inbox/([^"]+)">', page)


def test_who_acts_is_given_or_is_called_follows_by_itself_and_is_shown(app: Flask) -> None:
    me, given, called, report = an_account(), an_account(), an_account("partner_member"), a_report()
    browser = Browser(app).sign_in(me)
    assert "Nobody yet" in followers(browser, report)
    note(browser, report, f"See {handle(called)}")
    give(browser, report, given)
    assert all(one.name in followers(browser, report) for one in (me, given, called))


def test_whoever_wishes_follows_or_does_not_whatever_they_have_to_do_with_it(app: Flask) -> None:
    me, other, report = an_account(), an_account("partner_member"), a_report()
    mine, theirs = Browser(app).sign_in(me), Browser(app).sign_in(other)
    assert follow(theirs, report) == 303
    note(mine, report, "A word")
    assert follow(mine, report, "no") == 303
    assert me.name not in followers(theirs, report)
    note(theirs, report, "Another")
    tell()
    assert (told(me), told(other)) == ([], ["changed"])
    follow(mine, report), follow(mine, report)
    assert me.name in followers(theirs, report)


def test_what_the_person_says_and_what_colleagues_do_reaches_who_follows(app: Flask) -> None:
    me, colleague, report = an_account(), an_account(), a_report()
    browser = Browser(app).sign_in(colleague)
    follow(Browser(app).sign_in(me), report)
    happens(report, "wrote_more")
    happens(report, "status", old="resolved", new="reopened")
    tell()
    note(browser, report, "A word")
    give(browser, report, me)
    happens(report, "answer_read")
    tell()
    assert told(me) == ["said", "said", "changed", "assigned"]
    assert told(colleague) == []


def test_what_is_overdue_reaches_the_lead_and_then_the_desk(app: Flask) -> None:
    lead, member, desk, report = an_account(), an_account("partner_member"), an_account("desk"), a_report()
    happens(report, ESCALATED, to="lead", step=FIRST_ANSWER)
    tell()
    assert (told(lead), told(member), told(desk)) == (["escalated"], [], [])
    with acting_as(INTAKE), transaction() as session:
        session.get_one(Report, report.id).flags = [ESCALATED]
    happens(report, ESCALATED, to="desk", step=FIRST_ANSWER)
    tell()
    assert told(desk) == ["escalated"]
    assert "Overdue" in Browser(app).sign_in(desk).get("/inbox/for-me?kind=escalated").text


def test_who_may_not_open_a_report_any_more_is_told_nothing_of_it(app: Flask) -> None:
    member, report = confined_to(["ke-health"]), a_report()
    follow(Browser(app).sign_in(member), report)
    with acting_as(INTAKE), transaction() as session:
        moved = session.get_one(Report, report.id)
        moved.entry_point, moved.sector = "ke-water-sanitation", "water-sanitation"
    happens(report, "wrote_more")
    tell()
    assert told(member) == []


def test_what_one_was_told_of_is_gone_from_the_page_with_the_right_to_open_it(app: Flask) -> None:
    me, report = an_account(), a_report()
    browser = Browser(app).sign_in(me)
    follow(browser, report)
    happens(report, "wrote_more")
    tell()
    assert references(browser.get("/inbox/for-me").text) == [report.reference]
    with acting_as(INTAKE), transaction() as session:
        session.get_one(Report, report.id).entry_point = "ke-water-sanitation"
    page = browser.get("/inbox/for-me").text
    assert references(page) == []
    assert "Nothing yet" in page


def test_a_bulk_act_makes_nobody_a_follower_of_all_its_reports(app: Flask) -> None:
    me, report = an_account(), a_report()
    with acting_as(Viewer("partner_lead", me.id, me.name, "cedc", frozenset({"ke-health"}))), transaction() as s:
        record(s, s.scalars(select(Report)).one(), "note", text="All", bulk="x")
    assert "Nobody yet" in followers(Browser(app).sign_in(me), report)


def test_a_mention_is_unread_in_the_inbox_until_its_report_is_opened(app: Flask) -> None:
    me, colleague, report = an_account(), an_account(), a_report()
    note(Browser(app).sign_in(colleague), report, f"{handle(me)} look")
    tell()
    browser = Browser(app).sign_in(me)
    inbox = browser.get("/inbox?tab=open").text
    assert re.search(r"For me <b>1</b>", inbox)
    assert re.search(r"Mentions me <b>1</b>", inbox)
    assert 'class="unread"' in browser.get("/inbox/for-me").text
    browser.get(f"/inbox/{report.reference}")
    assert "Mentions me <b>" not in browser.get("/inbox?tab=open").text
    assert "<li class=" not in browser.get("/inbox/for-me").text.split('class="told"')[1]


def test_everything_is_marked_as_read_at_once(app: Flask) -> None:
    me, reports = an_account(), [a_report(), a_report()]
    browser = Browser(app).sign_in(me)
    for report in reports:
        follow(browser, report)
        happens(report, "wrote_more")
    tell()
    assert "Everything <b>2</b>" in browser.get("/inbox/for-me").text
    assert browser.post("/inbox/for-me/read").status_code == 303
    assert "Everything <b>0</b>" in browser.get("/inbox/for-me").text


def test_the_page_is_paged_by_its_lines_forth_and_back_in_five_statements(app: Flask) -> None:
    me, report = an_account(), a_report()
    browser = Browser(app).sign_in(me)
    follow(browser, report)
    for _number in range(65):
        happens(report, "wrote_more")
    tell()
    lengths, path = [], "/inbox/for-me"
    while path:
        with statements() as seen:
            page = browser.get(path).text
        assert len(seen) <= 5, "\n".join(seen)
        lengths.append(len(references(page)))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = found[1].replace("&amp;", "&") if found else ""
    assert lengths == [30, 30, 5]
    back = re.search(r'rel="prev" href="([^"]+)"', page)[1].replace("&amp;", "&")
    middle = browser.get(back).text
    assert len(references(middle)) == 30
    assert 'rel="prev"' in middle


@pytest.mark.parametrize("query", ["before=x", "after=-1", "before=99999999999999999999", "kind=drugs"])
def test_an_address_that_makes_no_sense_shows_the_first_page(app: Flask, query: str) -> None:
    assert Browser(app).sign_in(an_account()).get(f"/inbox/for-me?{query}").status_code == 200


def test_who_stands_in_for_a_colleague_reads_so(app: Flask) -> None:
    me, colleague = an_account(), an_account()
    today = datetime.now(UTC).date()
    until = (today + timedelta(days=3)).isoformat()
    away = {"from": today.isoformat(), "until": until, "to": str(me.id)}
    assert Browser(app).sign_in(colleague).post("/team/absence", **away).status_code == 303
    assert f"You stand in for {colleague.name}" in Browser(app).sign_in(me).get("/inbox/for-me").text


def test_a_report_of_another_partner_cannot_be_followed(app: Flask) -> None:
    report = a_report()
    assert follow(Browser(app).sign_in(an_account(partner="wacam")), report) == 404


def test_what_people_are_told_is_walled_off_for_each_of_them(app: Flask, database: Database) -> None:
    me, colleague, report = an_account(), an_account(), a_report()
    for account in (me, colleague):
        follow(Browser(app).sign_in(account), report)
    happens(report, "wrote_more")
    tell()
    viewer = Viewer("partner_lead", me.id, me.name, "cedc", frozenset({"ke-health"}))
    with psycopg.connect(database.app_url) as connection:
        connection.execute(SAY_WHO, who(viewer))
        seen = connection.execute("SELECT DISTINCT account_id FROM notice").fetchall()
    assert seen == [(me.id,)]


def test_a_line_is_told_of_once_even_where_the_mark_was_lost(app: Flask) -> None:
    me, report = an_account(), a_report()
    follow(Browser(app).sign_in(me), report)
    happens(report, "wrote_more")
    tell()
    with acting_as(INTAKE), transaction() as session:
        for event in session.scalars(select(Event).where(Event.kind == "wrote_more")):
            event.fresh = True
    tell()
    assert told(me) == ["said"]


def test_who_has_left_is_told_nothing(app: Flask) -> None:
    me, report = an_account(), a_report()
    follow(Browser(app).sign_in(me), report)
    disable(me.email)
    happens(report, "wrote_more")
    tell()
    assert told(me) == []


def test_old_notices_go(app: Flask) -> None:
    me, report = an_account(), a_report()
    follow(Browser(app).sign_in(me), report)
    happens(report, "wrote_more"), happens(report, "wrote_more")
    tell()
    with acting_as(WORKER), transaction() as session:
        session.scalars(select(Notice).limit(1)).one().at = datetime.now(UTC) - timedelta(days=181)
    with acting_as(WORKER):
        forget_notices()
    assert len(rows(Notice)) == 1


def test_of_a_sensitive_report_only_its_readers_are_told_and_can_be_called(app: Flask) -> None:
    lead, member, reader, report = an_account(), *(an_account("partner_member") for _ in range(2)), a_report()
    for account in (member, reader):
        follow(Browser(app).sign_in(account), report)
    browser = Browser(app).sign_in(lead)
    make_sensitive(report, named=reader)
    page = browser.get(f"/inbox/{report.reference}").text.split('class="handles"')[1].split("</details>")[0]
    assert handle(reader) in page
    assert handle(member) not in page
    where = note(browser, report, f"{handle(reader)} and {handle(member)}, and @254711000000")
    tell()
    assert where.endswith("done=note_unheard")
    assert (told(member), told(reader)) == ([], ["mention"])
    kept = next(event for event in rows(Event) if event.kind == "note")
    assert "254711000000" not in str(kept.detail)


def test_what_has_become_sensitive_leaves_the_page_of_who_may_not_read_it(app: Flask) -> None:
    member, report = an_account("partner_member"), a_report()
    browser = Browser(app).sign_in(member)
    follow(browser, report)
    happens(report, "wrote_more")
    tell()
    assert references(browser.get("/inbox/for-me").text) == [report.reference]
    make_sensitive(report)
    assert references(browser.get("/inbox/for-me").text) == []
    assert "For me <b>0</b>" in browser.get("/inbox?tab=open").text
