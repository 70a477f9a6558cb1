"""The page of one report."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import update

from app.database import transaction
from app.inbox.history import SAME_SECOND, Entry, _order
from app.outbox.models import OutgoingMessage
from app.reports.models import IncomingMessage
from app.viewer import INTAKE, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.many import statements
from tests.builders.accounts import an_account
from tests.builders.cases import a_case
from tests.builders.gaps import DRY, gap_of, gather_now
from tests.builders.reports import a_report

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "]]><!--",
]
BIDI = "\u202e\u2066\u2069\u202a\u202b\u202c\u202d\u2067\u2068"


def without_tokens(page: str) -> str:
    return re.sub(r'value="[^"]{30,}"', "", page)


def test_the_words_are_shown_as_they_were_written_with_the_facts_and_the_reason(app: Flask) -> None:
    report = a_report("hospital closed in Busia, no nurse")
    page = unescape(Browser(app).sign_in(an_account()).get(f"/inbox/{report.reference}").text)
    assert '<bdi lang="en">hospital closed in Busia, no nurse</bdi>' in page
    for fact in (
        "No nurse, or closed",
        "Primary health care",
        "Busia",
        "SMS",
        "English",
        "is in this partner's area",
    ):
        assert fact in page
    assert "Acknowledgment sent to the person" in page
    assert "1 segment" in page


def test_what_it_is_about_is_named_in_the_language_of_the_reader(app: Flask) -> None:
    report = a_report("wanag bi fees na, fosse bi fees na Pikine", country="SN")
    browser = Browser(app).sign_in(an_account(partner="urbasen", language="fr"))
    page = unescape(browser.get(f"/inbox/{report.reference}").text)
    assert "Fosse pleine" in page
    assert "Assainissement" in page
    assert "Les heures sont celles de ce pays\u00a0: Sénégal." in page
    assert "Fosse pleine" in unescape(browser.get("/inbox").text)


def test_another_partner_s_report_looks_just_like_one_that_does_not_exist(app: Flask) -> None:
    report = a_report()
    browser = Browser(app).sign_in(an_account(partner="cedgg"))
    foreign, unknown = browser.get(f"/inbox/{report.reference}"), browser.get("/inbox/KE-0000000")
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    pages = [without_tokens(answer.text).replace(report.reference, "KE-0000000") for answer in (foreign, unknown)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("reference", ["KE-0000001", "x", "%00", "..%2f..", "KE-%F0%9F%92%A9", "a" * 5000])
def test_a_mangled_reference_is_simply_not_there(app: Flask, reference: str) -> None:
    assert Browser(app).sign_in(an_account()).get(f"/inbox/{reference}").status_code == 404


def test_no_page_of_the_inbox_shows_the_number(app: Flask) -> None:
    report = a_report(sender="+254711999888")
    browser = Browser(app).sign_in(an_account())
    for path in ("/inbox", f"/inbox/{report.reference}"):
        assert "711999888" not in browser.get(path).text


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_write_is_never_markup_on_the_list_or_the_page(app: Flask, words: str) -> None:
    report = a_report(f"no drugs at the dispensary {words}")
    browser = Browser(app).sign_in(an_account())
    for path in ("/inbox", f"/inbox/{report.reference}"):
        page = browser.get(path).text
        assert "no drugs at the dispensary" in page
        assert words not in page or not set(words) & set("<>\"'")
        assert "49" not in re.findall(r"<bdi[^>]*>([^<]*)</bdi>", page)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("act", ["note", "reply"])
def test_what_staff_write_is_never_markup_stored_or_given_back(app: Flask, act: str, words: str) -> None:
    report = a_report()
    browser = Browser(app).sign_in(an_account())
    path = f"/inbox/{report.reference}"
    given_back = browser.post(f"{path}/{act}", form=str(uuid.uuid4()), **{act: words + "x" * 5000})
    browser.post(f"{path}/{act}", form=str(uuid.uuid4()), **{act: words})
    for page in (given_back.text, browser.get(path).text):
        assert words not in page or not set(words) & set("<>\"'")


def test_letters_that_turn_the_line_around_are_taken_out_of_what_staff_write(app: Flask) -> None:
    report = a_report()
    browser = Browser(app).sign_in(an_account())
    browser.post(f"/inbox/{report.reference}/note", form=str(uuid.uuid4()), note=f"see {BIDI}this")
    for path in ("/inbox", f"/inbox/{report.reference}"):
        assert not set(BIDI) & set(browser.get(path).text)


def test_right_to_left_words_stand_apart_from_the_line_around_them(app: Flask) -> None:
    report = a_report("no drugs at the dispensary لا يوجد دواء")
    page = Browser(app).sign_in(an_account()).get(f"/inbox/{report.reference}").text
    assert re.search(r"<bdi[^>]*>no drugs at the dispensary لا يوجد دواء</bdi>", page)


def test_the_timeline_runs_in_the_order_of_time_across_its_sources(app: Flask) -> None:
    report = a_report("no drugs at the dispensary")
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    with acting_as(INTAKE), transaction() as session:
        session.execute(update(IncomingMessage).values(received_at=long_ago))
        session.execute(update(OutgoingMessage).values(created_at=long_ago + timedelta(seconds=4), state="failed"))
    browser = Browser(app).sign_in(an_account())
    browser.post(f"/inbox/{report.reference}/note", form=str(uuid.uuid4()), note="Called")
    browser.post(f"/inbox/{report.reference}/reply", form=str(uuid.uuid4()), reply="On Monday")
    page = browser.get(f"/inbox/{report.reference}").text
    titles = re.findall(r"<h3>([^<]+)</h3>", page)
    assert titles[0] == "The person wrote"
    assert set(titles[1:3]) == {"Acknowledgment sent to the person", "Privacy notice sent to the person"}
    assert titles[3:5] == ["Report recorded and routed", "Private note"]
    assert set(titles[5:]) == {"Reply to the person", "Word of an answer sent to the person"}
    assert "not delivered" in page


def test_within_one_second_a_cause_stands_before_its_effect() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entries = [Entry(at + timedelta(milliseconds=9 - rank), kind, "") for kind, rank in SAME_SECOND.items()]
    assert [entry.kind for entry in sorted(entries, key=_order)][0::4] == ["incoming", "outgoing"]


def test_times_are_those_of_the_report_s_country(app: Flask) -> None:
    report = a_report(created_at=datetime(2026, 1, 1, 22, 30, tzinfo=UTC))
    page = Browser(app).sign_in(an_account()).get(f"/inbox/{report.reference}").text
    assert "2 Jan 2026, 01:30" in page
    assert "Times are those of Kenya." in page


def test_a_page_takes_few_statements_however_long_the_timeline(app: Flask) -> None:
    report = a_report()
    browser = Browser(app).sign_in(an_account())
    for number in range(12):
        browser.post(f"/inbox/{report.reference}/note", form=str(uuid.uuid4()), note=f"note {number}")
    with statements() as seen:
        browser.get(f"/inbox/{report.reference}")
    assert len(seen) <= 12, "\n".join(seen)  # of which three for the look and for being here


def test_a_report_leads_to_its_gap_and_to_the_case_about_it(app: Flask) -> None:
    report, browser = a_report(DRY, "ZA"), Browser(app).sign_in(an_account(partner="afesis"))
    path = f"/inbox/{report.reference}"
    assert "/gaps/" not in browser.get(path).text
    gather_now(report)
    page, gap = browser.get(path).text, gap_of(report)
    assert f'<a href="/gaps/{gap.id}">1 report of this kind from there</a>' in page
    assert "/cases/" not in page
    case = a_case(gap)
    page = browser.get(path).text
    assert f'<a href="/cases/{case.id}">Case {case.id}</a>' in page
    assert browser.get(f"/cases/{case.id}").status_code == 200


def test_a_desk_sees_no_gap_of_its_report(app: Flask) -> None:
    report = a_report(DRY, "ZA", flags=["outside area"])
    gather_now(report)
    page = Browser(app).sign_in(an_account("desk", country="ZA")).get(f"/inbox/{report.reference}")
    assert page.status_code == 200
    assert "/gaps/" not in page.text
