"""The pages of gaps: one's own, in order, quickly, and nothing sensitive on a list."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.database import transaction
from app.gaps.models import Gap
from app.gaps.paging import PAGE_SIZE
from app.gaps.trend import WEEKS, trend
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.many import statements
from tests.builders.accounts import an_account
from tests.builders.gaps import DRY, a_gap, gap_of, gather_now
from tests.builders.reports import a_report
from tests.builders.stored import rows

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DRUGS = "no drugs at the dispensary in Busia"


def many_gaps(number: int) -> None:
    """So many gaps at South Africa's water entry point, some last seen at the same moment."""
    with acting_as(WORKER), transaction() as session:
        for n in range(number):
            seen = NOW - timedelta(minutes=n // 3)
            session.add(
                Gap(
                    key=f"test|{n}",
                    country="ZA",
                    sector="water-sanitation",
                    entry_point="za-water-sanitation",
                    problem_type="za-water-sanitation/no-tap",
                    gap_kind="absent",
                    area="ZA-EC",
                    reports=1,
                    people=1,
                    first_seen=seen,
                    last_seen=seen,
                )
            )


def shown(page: str) -> list[str]:
    return re.findall(r'<h2 id="g-([^"]+)">', page)


def older(page: str) -> str | None:
    found = re.search(r'rel="next" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else None


def test_partners_see_the_gaps_of_their_own_entry_points(app: Flask) -> None:
    dry, drugs = a_gap(), a_gap(text=DRUGS, country="KE")
    for partner, own in (("afesis", [dry]), ("corc", [dry]), ("cedc", [drugs]), ("pfag", [])):
        page = Browser(app).sign_in(an_account(partner=partner)).get("/gaps").text
        assert shown(page) == [str(gap.id) for gap in own]


@pytest.mark.parametrize("role", ["desk", "reviewer", "administrator"])
def test_gaps_are_for_partners_only(app: Flask, role: str) -> None:
    gap = a_gap()
    browser = Browser(app).sign_in(an_account(role, country="ZA" if role == "desk" else None))
    assert browser.get("/gaps").status_code == 403
    assert browser.get(f"/gaps/{gap.id}").status_code == 403


def test_another_partners_gap_is_not_there(app: Flask) -> None:
    gap = a_gap()
    assert Browser(app).sign_in(an_account(partner="cedc")).get(f"/gaps/{gap.id}").status_code == 404


def test_a_gap_says_how_many_people_and_reports_it_has(app: Flask) -> None:
    a_gap(people=3)
    page = Browser(app).sign_in(an_account(partner="afesis")).get("/gaps").text
    assert "3 people" in page
    assert "3 reports" in page
    assert "Eastern Cape" in page


def test_a_gap_that_no_report_belongs_to_any_more_is_not_listed(app: Flask) -> None:
    report = a_report(DRY, "ZA")
    gather_now(report)
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Gap).values(reports=0, people=0, last_seen=None))
    assert shown(Browser(app).sign_in(an_account(partner="afesis")).get("/gaps").text) == []


@pytest.mark.parametrize("number", [0, 1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE + 3])
def test_walking_the_pages_shows_every_gap_once_the_last_seen_first(app: Flask, number: int) -> None:
    many_gaps(number)
    browser, path, found = Browser(app).sign_in(an_account(partner="afesis")), "/gaps", []
    while path:
        page = browser.get(path).text
        found += shown(page)
        path = older(page)
    wanted = sorted(rows(Gap), key=lambda gap: (gap.last_seen, gap.id), reverse=True)
    assert found == [str(gap.id) for gap in wanted]


@pytest.mark.parametrize("before", ["nonsense", "1_2", "9" * 40 + "_x", "-5_" + "0" * 32, ""])
def test_a_cursor_that_makes_no_sense_does_no_harm(app: Flask, before: str) -> None:
    many_gaps(2)
    browser = Browser(app).sign_in(an_account(partner="afesis"))
    assert browser.get(f"/gaps?before={before}").status_code == 200


def test_filters_narrow_the_list_and_what_is_not_offered_is_no_filter(app: Flask) -> None:
    east = a_gap(people=1)
    west = a_gap(people=1, text="borehole dry no water Western Cape")
    browser = Browser(app).sign_in(an_account(partner="afesis"))
    assert shown(browser.get("/gaps?area=ZA-WC").text) == [str(west.id)]
    assert shown(browser.get("/gaps?area=KE-01").text) == [str(west.id), str(east.id)]
    assert shown(browser.get("/gaps?problem_type=za-water-sanitation/no-toilets").text) == []


def test_the_list_takes_at_most_five_statements_however_long_it_is(app: Flask) -> None:
    many_gaps(60)
    browser = Browser(app).sign_in(an_account(partner="afesis"))
    browser.get("/gaps")
    with statements() as seen:
        browser.get("/gaps")
    assert len(seen) <= 5, seen


def test_the_page_of_a_gap_shows_its_reports_and_its_weeks(app: Flask) -> None:
    report = a_report(DRY, "ZA")
    gather_now(report)
    page = Browser(app).sign_in(an_account(partner="afesis")).get(f"/gaps/{gap_of(report).id}").text
    assert report.reference in page
    assert DRY in page
    assert page.count("<rect") == WEEKS
    assert "+27" not in page


def test_the_page_of_a_gap_takes_few_statements_however_many_reports_it_has(app: Flask) -> None:
    gap, browser = a_gap(people=6), Browser(app).sign_in(an_account(partner="afesis"))
    browser.get(f"/gaps/{gap.id}")
    with statements() as seen:
        browser.get(f"/gaps/{gap.id}")
    assert len(seen) <= 7, seen


def test_words_about_a_sensitive_problem_stay_off_the_page(app: Flask) -> None:
    sensitive = a_report(DRY, "ZA", problem_type="za-water-sanitation/unusable-for-disabled-people")
    gather_now(sensitive)
    flagged = a_report("borehole dry no water Western Cape", "ZA", flags=["sensitive"])
    gather_now(flagged)
    browser = Browser(app).sign_in(an_account(partner="afesis"))
    for report in (sensitive, flagged):
        page = browser.get(f"/gaps/{gap_of(report).id}").text
        assert report.reference in page
        assert "borehole dry" not in page


def test_the_trend_counts_reports_and_people_by_week_and_names_empty_weeks(app: Flask) -> None:
    sunday, monday = datetime(2026, 11, 22, 23, 59, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
    long_ago = monday - timedelta(weeks=WEEKS)
    made = [a_report(DRY, "ZA", created_at=at) for at in (sunday, monday, monday, long_ago)]
    gather_now(*made)
    with acting_as(WORKER), transaction() as session:
        weeks = trend(session, gap_of(made[0]).id, NOW.date())
    assert [(week.reports, week.people) for week in weeks] == [(0, 0)] * 10 + [(1, 1), (2, 2)]
    assert [week.height for week in weeks[-2:]] == [50, 100]
    assert weeks[-1].monday == monday.date()
