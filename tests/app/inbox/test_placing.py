"""Where a report is from can be put right: with a reason, and the partner, the flags and the gap follow."""

from __future__ import annotations

import re
import uuid
from html import unescape

import pytest
from flask import Flask

from app.database import transaction
from app.gaps.models import Gap
from app.inbox import placing
from app.reports.models import Event, Report
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.accounts import an_account
from tests.builders.gaps import DRY, gap_of, gather_now
from tests.builders.reports import a_report
from tests.builders.stored import rows
from tests.conftest import Database

EASTERN, WESTERN, GAUTENG, LIMPOPO = "ZA-EC", "ZA-WC", "ZA-GP", "ZA-LP"
"""South Africa's water: AFESIS works in the first, CORC in the second, Planact leads from the third, nobody has the
fourth."""


def correct(
    browser: Browser,
    report: Report,
    to: str,
    reason: str = "she named the town",
    was: str = EASTERN,
    form: str = "",
    tile: str = "",
) -> int:
    fields = {"form": form or str(uuid.uuid4()), "was": was, "area": to, "tile": tile, "area_reason": reason}
    return browser.post(f"/inbox/{report.reference}/area", **fields).status_code


def dry(**changes: object) -> Report:
    return a_report(DRY, "ZA", **changes)


def partner(app: Flask, slug: str = "afesis") -> Browser:
    return Browser(app).sign_in(an_account(partner=slug))


def now(report: Report) -> Report:
    with acting_as(WORKER), transaction() as session:
        return session.get_one(Report, report.id)


def reroute(report: Report) -> None:
    with acting_as(WORKER):
        placing.reroute(report=str(report.id))


def test_the_place_is_corrected_and_the_timeline_says_from_where_to_where_and_why(app: Flask) -> None:
    report, browser = dry(), partner(app)
    assert (report.area, report.partner) == (EASTERN, "afesis")
    assert correct(browser, report, WESTERN) == 303
    assert now(report).area == WESTERN
    page = unescape(browser.get(f"/inbox/{report.reference}?done=area").text)
    for words in ("Place corrected", "from Eastern Cape to Western Cape", "she named the town"):
        assert words in page
    assert "The place is corrected. Who gets it is settled in a moment." in page


def test_choosing_on_the_picture_corrects_as_choosing_from_the_list_does(app: Flask) -> None:
    by_list, by_picture, by_both, browser = dry(), dry(), dry(), partner(app)
    assert correct(browser, by_list, WESTERN, tile=EASTERN) == 303
    assert correct(browser, by_picture, "", tile=WESTERN) == 303
    assert correct(browser, by_both, WESTERN, tile=WESTERN) == 303
    assert {now(report).area for report in (by_list, by_picture, by_both)} == {WESTERN}
    details = [event.detail for event in rows(Event) if event.kind == "place_corrected"]
    assert [(one["old"], one["new"], one["reason"]) for one in details] == [
        (EASTERN, WESTERN, "she named the town")
    ] * 3


@pytest.mark.parametrize(
    ("listed", "pointed"), [("", ""), ("", EASTERN), ("", "KE-04"), ("", "nowhere"), (WESTERN, GAUTENG)]
)
def test_what_is_no_correction_on_the_picture_is_refused(app: Flask, listed: str, pointed: str) -> None:
    report = dry()
    assert correct(partner(app), report, listed, tile=pointed) == 422
    assert now(report).area == EASTERN


def test_the_picture_has_every_area_of_the_country_by_name_and_marks_the_present_one(app: Flask) -> None:
    report = dry()
    page = partner(app).get(f"/inbox/{report.reference}").text
    squares = re.findall(r'<input type="radio" id="tile-(\S+)"[^>]*?( checked)?[^>]*><label[^>]*>([^<]+)<', page)
    assert len(squares) == 9
    assert [(code, name) for code, _, name in squares if code == WESTERN] == [(WESTERN, "Western Cape")]
    assert re.findall(r'value="(\S+)" checked aria-describedby="present"', page) == [EASTERN]


def test_the_worker_gives_it_to_the_partner_who_works_there(app: Flask, database: Database) -> None:
    report, browser = dry(assigned_to=an_account(partner="afesis").id), partner(app)
    correct(browser, report, WESTERN)
    work_until(lambda: jobs_waiting(database, "inbox.reroute") == 0, app, database, "default")
    there = now(report)
    assert (there.partner, there.entry_point, there.flags) == ("corc", report.entry_point, [])
    assert there.assigned_to is None
    page = unescape(browser.get(f"/inbox/{report.reference}").text)
    assert "Routed by its new place" in page
    assert "The place was corrected by hand. Western Cape is in this partner's area." in page


def test_where_nobody_works_the_lead_and_the_desk_have_it_until_it_is_put_right_again(app: Flask) -> None:
    report, browser = dry(), partner(app)
    desk = Browser(app).sign_in(an_account("desk", country="ZA"))
    assert correct(browser, report, LIMPOPO) == 303
    reroute(report)
    assert (now(report).partner, now(report).flags) == ("planact", ["outside area"])
    assert desk.get(f"/inbox/{report.reference}").status_code == 200
    assert correct(browser, report, EASTERN, was=LIMPOPO) == 303
    reroute(report)
    assert (now(report).partner, now(report).flags) == ("afesis", [])
    assert desk.get(f"/inbox/{report.reference}").status_code == 404


def test_what_is_outside_the_focus_stays_so_and_due_dates_stay_as_they_were(app: Flask) -> None:
    report = dry(flags=["outside focus"])
    before = now(report)
    correct(partner(app), report, WESTERN)
    reroute(report)
    after = now(report)
    assert after.flags == ["outside focus"]
    assert [getattr(before, name) for name in ("due_at", "step", "counted_from", "waited", "escalate_at")] == [
        getattr(after, name) for name in ("due_at", "step", "counted_from", "waited", "escalate_at")
    ]


def test_its_gap_is_that_of_the_new_place(app: Flask, database: Database) -> None:
    report = dry()
    gather_now(report)
    correct(partner(app), report, WESTERN)
    reroute(report)
    assert jobs_waiting(database, "gaps.gather") >= 1
    gather_now(report)
    assert gap_of(report).area == WESTERN
    assert {gap.area: gap.reports for gap in rows(Gap)} == {EASTERN: 0, WESTERN: 1}


def test_what_was_merged_into_it_goes_along_and_keeps_the_place_that_it_named(app: Flask) -> None:
    kept, merged, browser = dry(), dry(), partner(app)
    fields = {"alike": merged.reference, "stays": "this", "merge_reason": "same pump"}
    answer = browser.post(f"/inbox/{kept.reference}/merge", form=str(uuid.uuid4()), **fields)
    assert answer.status_code == 303
    correct(browser, kept, WESTERN)
    reroute(kept)
    assert (now(merged).partner, now(merged).area) == ("corc", EASTERN)


def test_a_job_that_runs_twice_says_so_once(app: Flask) -> None:
    report = dry()
    correct(partner(app), report, WESTERN)
    reroute(report)
    reroute(report)
    assert [event.kind for event in rows(Event)].count("rerouted") == 1


def test_a_form_that_is_sent_twice_corrects_once(app: Flask) -> None:
    report, browser, form = dry(), partner(app), str(uuid.uuid4())
    assert [correct(browser, report, WESTERN, form=form) for _ in range(2)] == [303, 303]
    assert [event.kind for event in rows(Event)].count("place_corrected") == 1


@pytest.mark.parametrize(
    ("to", "reason", "was", "status"),
    [
        ("", "why", EASTERN, 422),
        (EASTERN, "as before", EASTERN, 422),
        ("KE-04", "another country", EASTERN, 422),
        (WESTERN, "  ", EASTERN, 422),
        (WESTERN, "x" * 501, EASTERN, 422),
        (WESTERN, "seen too late", GAUTENG, 409),
    ],
)
def test_what_is_no_correction_is_refused(app: Flask, to: str, reason: str, was: str, status: int) -> None:
    report = dry()
    assert correct(partner(app), report, to, reason, was) == status
    assert now(report).area == EASTERN


def test_one_whose_place_is_not_known_gets_one_and_one_at_its_end_keeps_its_own(app: Flask) -> None:
    unknown, ended = dry(area=None), dry(status="not_a_report")
    browser = partner(app)
    assert correct(browser, unknown, WESTERN, was="") == 303
    assert "Correct the place" not in browser.get(f"/inbox/{ended.reference}").text
    assert correct(browser, ended, WESTERN) == 422


def test_another_s_report_is_not_found(app: Flask) -> None:
    assert correct(partner(app, "cedc"), dry(), WESTERN) == 404
