"""A report at the wrong place is sent on: seen by the new owner, no longer by the old, and learnt from."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from app.database import transaction
from app.directory.current import current_directory
from app.gaps.models import Gap
from app.inbox import sending_on
from app.reports.models import Event, Report
from app.viewer import PUBLIC, WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.admin.conftest import edited
from tests.app.admin.test_editing_pages import fields_of
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import rows
from tests.conftest import Database

__all__ = ["edited"]

WATER = "ke-water-sanitation"


def send_on(
    browser: Browser, report: Report, to: str = WATER, reason: str = "it is about water", form: str = ""
) -> int:
    fields = {"form": form or str(uuid.uuid4()), "place": to, "send_reason": reason}
    return browser.post(f"/inbox/{report.reference}/send-on", **fields).status_code


def lead(app: Flask, partner: str = "cedc") -> Browser:
    return Browser(app).sign_in(an_account(partner=partner))


def moved(report: Report) -> Report:
    with acting_as(WORKER), transaction() as session:
        return session.get_one(Report, report.id)


def work(app: Flask, database: Database) -> None:
    work_until(lambda: jobs_waiting(database, "inbox.move") == 0, app, database, "default")


def test_the_worker_moves_it_and_with_it_who_sees_it(app: Flask, database: Database) -> None:
    report, old, new = a_report("no drugs at the dispensary in Baringo"), lead(app), lead(app, "cedgg")
    assert new.get(f"/inbox/{report.reference}").status_code == 404
    assert send_on(old, report) == 303
    assert old.get(f"/inbox/{report.reference}").status_code == 200
    work(app, database)
    there = moved(report)
    assert (there.entry_point, there.sector, there.partner, there.flags) == (WATER, "water-sanitation", "cedgg", [])
    assert (there.problem_type, there.gap_kind) == (None, "absent")
    assert old.get(f"/inbox/{report.reference}").status_code == 404
    page = new.get(f"/inbox/{report.reference}").text
    assert "it is about water" in page
    assert "Moved to its new place" in page
    work_until(lambda: not jobs_waiting(database, "gaps.gather"), app, database, "default")
    assert [gap.entry_point for gap in rows(Gap) if gap.reports] == [WATER]


def test_to_the_desk_and_from_there_to_an_entry_point(app: Flask, database: Database) -> None:
    report = a_report()
    assert send_on(lead(app), report, "desk", "roads are not ours") == 303
    work(app, database)
    assert (moved(report).entry_point, moved(report).partner) == (None, "ke-desk")
    desk = Browser(app).sign_in(an_account("desk"))
    assert send_on(desk, report, "ke-health", "it is, after all") == 303
    work(app, database)
    assert moved(report).entry_point == "ke-health"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("", "why"),
        ("ke-health", "where it is"),
        ("gh-mining", "another country"),
        (WATER, "  "),
        (WATER, "x" * 501),
    ],
)
def test_what_leads_nowhere_is_refused(app: Flask, database: Database, to: str, reason: str) -> None:
    report = a_report()
    assert send_on(lead(app), report, to, reason) == 422
    assert jobs_waiting(database, "inbox.move") == 0


def test_a_form_that_is_sent_twice_sends_once(app: Flask, database: Database) -> None:
    report, browser, form = a_report(), lead(app), str(uuid.uuid4())
    assert [send_on(browser, report, form=form) for _ in range(2)] == [303, 303]
    assert jobs_waiting(database, "inbox.move") == 1


def test_a_job_that_runs_twice_moves_once(app: Flask, database: Database) -> None:
    report = a_report()
    send_on(lead(app), report)
    work(app, database)
    send_on(lead(app, "cedgg"), report, "ke-health", "no, it is not")
    work(app, database)
    [first, _second] = sorted(event.id for event in rows(Event) if event.kind == "sent_on")
    with acting_as(WORKER):
        sending_on.move(event=first)
    assert moved(report).entry_point == "ke-health"


def test_a_sensitive_report_stays_so_without_its_type_of_problem(app: Flask, database: Database) -> None:
    report = a_report(
        "no drugs",
        "GH",
        entry_point="gh-mining",
        sector="mining",
        partner="wacam",
        problem_type="gh-mining/security-force-abuse",
        flags=["outside area"],
    )
    send_on(lead(app, "wacam"), report, "gh-agriculture", "farmers")
    work(app, database)
    assert moved(report).sealed
    assert moved(report).problem_type is None


def test_a_report_that_came_by_hand_teaches_its_words(edited: Flask, database: Database) -> None:
    report = a_report("no drugs at the dispensary, the mabirika are empty")
    new = lead(edited, "cedgg")
    send_on(lead(edited), report)
    work(edited, database)
    path = f"/admin/learn/{report.reference}"
    assert path in new.get(f"/inbox/{report.reference}").text
    fields = fields_of(new.get(path).text)
    assert "mabirika" in fields["words"].split("\n")
    looked = new.post_bare(path, **fields | {"words": "mabirika", "group": "decisive", "act": "look"})
    assert "<ins>mabirika</ins>" in looked.text
    assert "What else it changes" in looked.text
    saved = new.post_bare(path, **fields_of(looked.text) | {"act": "save", "why": "a word for tanks"})
    assert saved.status_code == 303
    with acting_as(PUBLIC), transaction():
        entry = current_directory().entry_point("KE", "water-sanitation")
    assert [word.kind for word in entry.words if word.text == "mabirika"] == ["decisive"]


def test_only_the_lead_who_has_the_report_learns_from_it(app: Flask) -> None:
    report = a_report()
    assert lead(app, "cedgg").get(f"/admin/learn/{report.reference}").status_code == 404
    assert lead(app).get("/admin/learn/KE-0000000").status_code == 404
    assert Browser(app).sign_in(an_account("desk")).get(f"/admin/learn/{report.reference}").status_code == 403
