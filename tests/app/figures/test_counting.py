"""The rollup says what a recount says, whatever happened in the month, and a job keeps it so."""

from __future__ import annotations

import logging
import random
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import queue
from app.database import transaction
from app.figures import counting, publishing
from app.figures.months import is_closed, next_month, previous_month
from app.figures.places import ALL, EVERYTHING, Count, Place
from app.followup.models import Case, CaseEvent
from app.gaps.forgetting import forget_person
from app.gaps.gathering import sweep
from app.queue import Job
from app.reports.models import Report
from app.viewer import WORKER, acting_as
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.cases import a_case
from tests.builders.figures import (
    BARINGO,
    BUSIA,
    JULY,
    JUNE,
    a_crowd,
    count_now,
    recount,
    report_of,
    reports_of,
    rollup,
    somebody,
)
from tests.builders.stored import reports
from tests.conftest import Database


def set_on(report: uuid.UUID, **values: object) -> None:
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Report).where(Report.id == report).values(**values))


def test_the_rollup_of_a_random_month_equals_a_recount(app: Flask) -> None:
    chance = random.Random(4)
    people = [None, *(somebody() for _ in range(12))]
    with acting_as(WORKER), transaction() as session:
        for _ in range(120):
            area = chance.choice((BUSIA, BARINGO, "KE-22", "KE", "SN-DK", "GH-AA", "IN-MH"))
            sector = chance.choice(("health", "water-sanitation", "other", "education"))
            kind = chance.choice(("absent", "late", None))
            report = report_of(chance.choice(people), area, sector, chance.choice((JUNE, JULY)), kind)
            report.status = chance.choice(("new", "new", "resolved", "duplicate", "not_a_report"))
            session.add(report)
    count_now()
    for month in (JUNE, JULY):
        assert rollup(month) == recount(month)
        assert len({place.area for place in rollup(month)}) > 5


def test_a_person_is_counted_once_in_a_total_however_often_and_wherever_they_report(app: Flask) -> None:
    reports_of(somebody(), (BUSIA, BUSIA, BARINGO))
    count_now()
    found = rollup()
    assert found[EVERYTHING] == Count(reports=3, people=1, once=0, gaps=2)
    assert found[Place("KE", "health", BUSIA)] == Count(reports=2, people=1, once=0, gaps=1)


def test_who_cannot_be_answered_counts_as_a_report_and_not_as_a_person(app: Flask) -> None:
    reports_of(None, (BUSIA,))
    count_now()
    assert rollup()[EVERYTHING] == Count(reports=1, people=0, once=0, gaps=1)


def test_an_erased_person_is_counted_as_before_so_that_no_figure_tells_of_the_erasure(app: Flask) -> None:
    erased = somebody()
    reports_of(erased, (BUSIA, BARINGO))
    a_crowd(2)
    count_now()
    before = rollup()
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Report).where(Report.contact_id == erased).values(contact_id=None))
    with acting_as(WORKER):
        forget_person(contact=str(erased))
    count_now()
    assert rollup() == before
    assert before[EVERYTHING].people == 3


def test_the_first_moment_of_a_month_belongs_to_it_and_the_last_microsecond_too(app: Flask) -> None:
    begins, ends = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    for report, at in zip(a_crowd(3), (begins, ends - timedelta(microseconds=1), ends), strict=True):
        set_on(report, created_at=at)
    count_now()
    assert (rollup(JUNE)[EVERYTHING].reports, rollup(JULY)[EVERYTHING].reports) == (2, 1)


def test_a_duplicate_found_later_is_counted_no_more_and_the_night_job_says_so(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    first, *_ = a_crowd(3)
    count_now()
    set_on(first, status="duplicate")
    with caplog.at_level(logging.WARNING), acting_as(WORKER):
        counting.check()
    assert rollup() == recount()
    assert "the figures of 2026-06 are counted again: 6 cells said otherwise" in caplog.text


def test_the_night_job_is_silent_where_the_rollup_is_right(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    a_crowd(3)
    count_now()
    with caplog.at_level(logging.WARNING), acting_as(WORKER):
        counting.check()
    assert "counted again" not in caplog.text


def test_a_report_that_moves_leaves_no_empty_cell_behind(app: Flask) -> None:
    (report,) = a_crowd(1)
    count_now()
    set_on(report, area=BARINGO)
    count_now()
    assert Place("KE", "health", BUSIA) not in rollup()
    assert rollup()[Place("KE", "health", BARINGO)].reports == 1


def test_a_month_whose_reports_all_went_has_no_figures(app: Flask) -> None:
    a_crowd(1, month=JUNE)
    (report,) = a_crowd(1, month=JULY)
    count_now()
    set_on(report, status="not_a_report")
    count_now()
    assert rollup(JULY) == {}


def test_cases_count_where_they_are_in_the_month_they_were_opened_and_when_people_confirmed(app: Flask) -> None:
    case = a_case()
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Report).values(created_at=datetime(2026, 6, 5, tzinfo=UTC)))
        session.execute(update(Case).values(opened_at=datetime(2026, 6, 20, tzinfo=UTC)))
        for day in (3, 17):
            at = datetime(2026, 7, day, tzinfo=UTC)
            verified = {"old": "verifying", "new": "verified"}
            session.add(CaseEvent(case_id=case.id, kind="state", by="worker", at=at, detail=verified))
    count_now()
    place = Place("ZA", "water-sanitation", case.area)
    assert (rollup(JUNE)[place].cases, rollup(JUNE)[place].fixes) == (1, 0)
    assert rollup(JULY)[place] == Count(fixes=1)
    assert rollup(JULY)[Place("ZA", ALL, ALL)] == Count(fixes=1)


def test_the_running_worker_counts_and_publishes(app: Flask, database: Database) -> None:
    """The sweep comes first: the running worker may start one of its own, which would add a gap after the count."""
    a_crowd(7)
    with acting_as(WORKER):
        sweep()
    with acting_as(WORKER), transaction() as session:
        queue.put(
            session, *(Job(task) for task in (counting.check, counting.count_open_months, publishing.publish))
        )
    names = ("figures.check", "figures.count", "figures.publish")
    work_until(lambda: not any(jobs_waiting(database, name) for name in names), app, database, "default")
    assert rollup() == recount()
    with acting_as(WORKER), transaction() as session:
        assert session.scalar(select(publishing.Edition.number).where(publishing.Edition.month == JUNE)) == 1


def test_what_is_reported_now_is_counted_within_minutes(app: Flask) -> None:
    now = datetime.now(UTC)
    a_crowd(2, month=now.date().replace(day=1))
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Report).values(created_at=now))
    with acting_as(WORKER):
        counting.count_open_months()
    assert rollup(now.date().replace(day=1))[EVERYTHING].people == len(reports())


@pytest.mark.parametrize(("day", "closed"), [(1, False), (10, False), (11, True)])
def test_a_month_closes_ten_days_after_its_end(day: int, closed: bool) -> None:
    assert is_closed(JUNE, datetime(2026, 7, day, tzinfo=UTC)) == closed


def test_months_go_on_over_the_year() -> None:
    december = datetime(2026, 12, 1, tzinfo=UTC).date()
    assert next_month(december).isoformat() == "2027-01-01"
    assert previous_month(next_month(december)) == december
    assert previous_month(JULY) == JUNE
