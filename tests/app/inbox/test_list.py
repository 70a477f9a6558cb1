"""The list: one's own reports, all of them, once each, and quickly."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.inbox import counting
from app.inbox.paging import PAGE_SIZE
from app.reports.models import Report
from tests.app.access.browser import Browser
from tests.app.inbox.many import reports_at, statements
from tests.builders.accounts import an_account
from tests.builders.reports import a_report

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def shown(page: str) -> list[str]:
    return re.findall(r'<h2 id="r-([^"]+)">', page)


def link(page: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else None


def walk(browser: Browser, path: str | None, rel: str) -> list[list[str]]:
    """The references on each page from this path on."""
    pages = []
    while path is not None:
        page = browser.get(path).text
        pages.append(shown(page))
        path = link(page, rel)
    return pages


def some_moments(number: int) -> list[datetime]:
    """Moments of which many are the same, and others a microsecond apart."""
    chance = random.Random(number)
    return [NOON + timedelta(microseconds=chance.choice((0, 0, 1, 2, 10**6))) for _ in range(number)]


def test_the_newest_report_comes_first_with_its_first_words(app: Flask) -> None:
    older = a_report("no drugs at the dispensary", created_at=NOON)
    newer = a_report("hospital closed in Busia")
    page = Browser(app).sign_in(an_account()).get("/inbox").text
    assert shown(page) == [newer.reference, older.reference]
    assert "hospital closed in Busia" in page


def test_partners_see_only_reports_of_the_entry_points_they_serve(app: Flask) -> None:
    health = a_report("no drugs at the dispensary")
    water = a_report("borehole broken no water")
    assert shown(Browser(app).sign_in(an_account(partner="cedc")).get("/inbox").text) == [health.reference]
    assert shown(Browser(app).sign_in(an_account(partner="cedgg")).get("/inbox").text) == [water.reference]
    assert shown(Browser(app).sign_in(an_account(partner="pfag")).get("/inbox").text) == []


def test_a_partner_that_supports_sees_what_the_lead_sees(app: Flask) -> None:
    report = a_report("no drugs at the health centre", "NG")
    assert report.partner == "jdpc"
    assert shown(Browser(app).sign_in(an_account(partner="budgit")).get("/inbox").text) == [report.reference]


def test_a_desk_sees_its_country_s_unrouted_and_flagged_reports(app: Flask) -> None:
    a_report("no drugs at the dispensary")
    flagged = a_report("no drugs at the dispensary", flags=["outside area"])
    unrouted = a_report("no teacher in the school", entry_point=None, partner="ke-desk", sector="education")
    a_report("no fertilizer", "GH", flags=["outside focus"])
    page = Browser(app).sign_in(an_account("desk", country="KE")).get("/inbox").text
    assert shown(page) == [unrouted.reference, flagged.reference]
    assert "Outside area" in page


@pytest.mark.parametrize("number", [0, 1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE, 63])
def test_the_pages_hold_every_report_once_in_order_forwards_and_back(app: Flask, number: int) -> None:
    expected = reports_at(some_moments(number))
    browser = Browser(app).sign_in(an_account())
    older = walk(browser, "/inbox", "next")
    assert [reference for page in older for reference in page] == expected
    assert all(len(page) == PAGE_SIZE for page in older[:-1])
    last = "/inbox"
    while (further := link(browser.get(last).text, "next")) is not None:
        last = further
    newer = walk(browser, last, "prev")
    assert [reference for page in reversed(newer) for reference in page] == expected


def test_reports_that_come_in_meanwhile_neither_hide_nor_repeat_the_others(app: Flask) -> None:
    expected = reports_at(some_moments(60))
    browser = Browser(app).sign_in(an_account())
    first = browser.get("/inbox").text
    reports_at([NOON + timedelta(hours=1)] * 30)
    rest = walk(browser, link(first, "next"), "next")
    assert shown(first) + [reference for page in rest for reference in page] == expected


@pytest.mark.parametrize(
    "query",
    ["before=x", "before=1-2", "after=-1", f"before={'9' * 40}-{'0' * 32}", "status=%00&area='--"],
)
def test_a_mangled_address_shows_the_newest_page(app: Flask, query: str) -> None:
    report = a_report()
    assert shown(Browser(app).sign_in(an_account()).get(f"/inbox?{query}").text) == [report.reference]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("status", "acknowledged"),
        ("problem_type", "ke-health/no-nurse-or-closed"),
        ("area", "KE-04"),
        ("channel", "ussd"),
        ("language", "sw"),
        ("entry_point", "ke-health"),
    ],
)
def test_a_filter_leaves_only_what_it_names(app: Flask, column: str, value: str) -> None:
    others = {
        "status": "new",
        "problem_type": "ke-health/no-drugs",
        "area": "KE-01",
        "channel": "sms",
        "language": "en",
        "entry_point": "ke-health",
    }
    other, wanted = a_report(**others), a_report(**{**others, column: value})
    found = shown(Browser(app).sign_in(an_account()).get(f"/inbox?{column}={value}").text)
    assert wanted.reference in found
    assert (other.reference in found) == (getattr(other, column) == value)


def test_filters_stay_on_from_page_to_page(app: Flask) -> None:
    reports_at([NOON] * (PAGE_SIZE + 1))
    a_report(channel="ussd")
    browser = Browser(app).sign_in(an_account())
    pages = walk(browser, "/inbox?channel=sms", "next")
    assert [len(page) for page in pages] == [PAGE_SIZE, 1]


def test_another_partner_s_entry_point_is_no_filter(app: Flask) -> None:
    a_report("no fertilizer", "GH")
    own = a_report()
    page = Browser(app).sign_in(an_account()).get("/inbox?entry_point=gh-agriculture").text
    assert shown(page) == [own.reference]


def counts(page: str) -> dict[str, str]:
    """What each tab says it holds."""
    tabs = page.split('<nav class="tabs"')[1].split("</nav>")[0]
    return dict(re.findall(r"<a [^>]*>([^<]+) <b>([^<]+)</b>", tabs))


def test_the_counts_are_of_one_s_own_reports_under_the_other_filters(app: Flask) -> None:
    for status, channel in (("new", "sms"), ("needs_information", "sms"), ("new", "ussd"), ("closed", "sms")):
        a_report(status=status, channel=channel)
    a_report("borehole broken no water")
    page = Browser(app).sign_in(an_account()).get("/inbox?channel=sms").text
    assert counts(page) == {
        "All open": "2",
        "Mine": "0",
        "Nobody's yet": "2",
        "Needs information": "1",
        "Overdue": "0",
        "Snoozed": "0",
        "Everything": "3",
    }


def test_a_count_stops_where_nobody_needs_to_know_exactly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 3)
    reports_at([NOON] * 5)
    assert "<b>3+</b>" in Browser(app).sign_in(an_account()).get("/inbox").text


def test_a_page_takes_at_most_five_statements_however_many_reports_there_are(app: Flask) -> None:
    reports_at(some_moments(60))
    browser = Browser(app).sign_in(an_account())
    browser.get("/inbox")
    with statements() as seen:
        browser.get("/inbox?channel=sms")
    assert 1 <= len(seen) <= 5, "\n".join(seen)


@pytest.mark.parametrize(
    "spelling",
    [
        lambda reference: reference,
        lambda reference: reference.lower(),
        lambda reference: reference.replace("-", ""),
        lambda reference: f" {reference[:2]} {reference[3:6]} {reference[6:]} ",
        lambda reference: reference[:3] + reference[3:].replace("0", "o").replace("1", "l"),
    ],
)
def test_a_reference_is_found_however_it_was_written_down(app: Flask, spelling: object) -> None:
    report = a_report()
    browser = Browser(app).sign_in(an_account())
    answer = browser.client.get(
        "/inbox", query_string={"q": spelling(report.reference)}, base_url="https://gapline.test"
    )
    assert (answer.status_code, answer.location) == (303, f"/inbox/{report.reference}")


def one_wrong(report: Report) -> str:
    return report.reference[:-1] + ("0" if report.reference[-1] != "0" else "1")


@pytest.mark.parametrize(
    ("searched", "said"),
    [
        (one_wrong, "One character of this reference is wrong."),
        (lambda report: report.reference, "You have no report with this reference."),
    ],
)
def test_a_search_that_finds_nothing_says_why_and_keeps_what_was_typed(
    app: Flask, searched: object, said: str
) -> None:
    typed = searched(a_report("borehole broken no water"))
    answer = Browser(app).sign_in(an_account()).get(f"/inbox?q={typed}")
    assert answer.status_code == 422
    assert said in answer.text
    assert "There is a problem" in answer.text
    assert f'value="{typed}"' in answer.text


def test_the_words_of_a_sensitive_report_are_kept_off_the_list(app: Flask) -> None:
    report = a_report("no drugs at Nambale, they beat my brother", flags=["sensitive"])
    browser = Browser(app).sign_in(an_account())
    assert "my brother" not in browser.get("/inbox").text
    assert "my brother" in browser.get(f"/inbox/{report.reference}").text


def test_an_empty_inbox_says_what_will_appear_in_it(app: Flask) -> None:
    assert "Nothing has come in yet" in Browser(app).sign_in(an_account()).get("/inbox").text
