"""Reports join their gap, once each, whatever happens around them."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from flask import Flask
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from sqlalchemy import delete, update

from app.database import transaction
from app.directory.current import current_directory
from app.gaps.gathering import gather, recount, sweep
from app.gaps.kinds import kind_of
from app.gaps.models import Member
from app.reports.models import Report
from app.viewer import WORKER, acting_as
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.gaps import DRY, a_gap, gap_of, gaps, gather_now, members
from tests.builders.reports import a_number, a_report, say
from tests.builders.stored import reports, rows
from tests.conftest import Database


def sweep_now() -> None:
    with acting_as(WORKER):
        sweep(timestamp=0)


def change(report: Report, **values: object) -> None:
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Report).where(Report.id == report.id).values(**values))


def counts() -> dict[str, tuple[int, int]]:
    return {gap.key: (gap.reports, gap.people) for gap in gaps()}


def test_the_job_is_queued_with_the_report_and_in_the_same_statement_as_its_delivery(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = []
    put_all = JobManager.batch_defer_jobs

    def note(manager: JobManager, jobs: list[Job], **rest: object) -> list[Job]:
        together.append([job.task_name for job in jobs])
        return put_all(manager, jobs, **rest)

    monkeypatch.setattr(JobManager, "batch_defer_jobs", note)
    say("no drugs at the dispensary in Busia")
    assert together == [["outbox.deliver", "outbox.deliver", "gaps.gather"]]  # acknowledgment and privacy notice
    with psycopg.connect(database.app_url) as connection:
        (arguments,) = connection.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'gaps.gather'"
        ).fetchone() or ({},)
    assert arguments == {"report": str(reports()[0].id)}


def test_what_cannot_be_acknowledged_is_gathered_all_the_same(app: Flask, database: Database) -> None:
    say("no drugs at the dispensary in Busia", sender="BUSINESS")
    assert jobs_waiting(database, "gaps.gather") == 1
    assert jobs_waiting(database, "outbox.deliver") == 0


def test_what_the_desk_has_belongs_to_no_gap(app: Flask, database: Database) -> None:
    report = a_report("no teacher in the school, the bursary never came")
    assert report.entry_point is None
    assert jobs_waiting(database, "gaps.gather") == 0
    gather_now(report)
    assert gaps() == []


def test_the_worker_gathers_within_seconds(app: Flask, database: Database) -> None:
    say("no drugs at the dispensary in Busia")
    work_until(lambda: jobs_waiting(database, "gaps.gather") == 0, app, database, "default")
    assert counts() == {"ke-health|ke-health/no-drugs|KE-04": (1, 1)}


def test_reports_of_one_problem_in_one_area_make_one_gap(app: Flask) -> None:
    gather_now(
        a_report("no drugs at the dispensary in Busia"),
        a_report("no drugs at the dispensary in Busia"),
        a_report("no drugs at the dispensary in Nairobi"),
        a_report("no drugs at the dispensary"),
        a_report("clinic closed in Busia"),
    )
    assert counts() == {
        "ke-health|ke-health/no-drugs|": (1, 1),
        "ke-health|ke-health/no-drugs|KE-04": (2, 2),
        "ke-health|ke-health/no-drugs|KE-30": (1, 1),
        "ke-health|ke-health/no-nurse-or-closed|KE-04": (1, 1),
    }


def test_where_the_problem_is_not_known_the_kind_of_gap_counts_and_without_either_it_waits(app: Flask) -> None:
    gather_now(
        a_report("no drugs at the dispensary in Busia", problem_type=None, gap_kind="absent"),
        a_report("no drugs at the dispensary in Busia", problem_type=None, gap_kind=None),
    )
    assert counts() == {"ke-health|kind:absent|KE-04": (1, 1)}


def test_a_person_counts_once_and_a_report_that_has_no_phone_counts_for_nobody(app: Flask) -> None:
    one = a_number("ZA")
    gather_now(a_report(DRY, "ZA", sender=one), a_report(DRY, "ZA", sender=one), a_report(DRY, "ZA"))
    gather_now(a_report(DRY, "ZA", contact_id=None, answerable=False))
    assert counts() == {"za-water-sanitation|za-water-sanitation/no-tap|ZA-EC": (4, 2)}


def test_a_gap_knows_when_it_was_first_and_last_seen(app: Flask) -> None:
    made = [a_report(DRY, "ZA") for _ in range(3)]
    gather_now(*made)
    gap = gap_of(made[0])
    assert (gap.first_seen, gap.last_seen) == (made[0].created_at, made[-1].created_at)
    assert gap.problem_type == "za-water-sanitation/no-tap"
    assert gap.gap_kind == "absent"


def test_gathering_again_changes_nothing(app: Flask) -> None:
    report = a_report(DRY, "ZA")
    gather_now(report, report)
    sweep_now()
    assert counts() == {"za-water-sanitation|za-water-sanitation/no-tap|ZA-EC": (1, 1)}


def test_the_sweep_finds_what_no_job_gathered(app: Flask) -> None:
    left, gathered = a_report(DRY, "ZA"), a_report(DRY, "ZA")
    gather_now(gathered)
    sweep_now()
    assert members(gap_of(left)) == {left.id, gathered.id}


@pytest.mark.parametrize("by_sweep", [True, False])
def test_a_report_that_is_routed_anew_moves_with_its_person_and_its_time(app: Flask, by_sweep: bool) -> None:
    stays, moves = a_report(DRY, "ZA"), a_report(DRY, "ZA")
    gather_now(stays, moves)
    change(moves, area="ZA-WC")
    if by_sweep:
        sweep_now()
    else:
        gather_now(moves)
    assert members(gap_of(stays)) == {stays.id}
    assert members(gap_of(moves)) == {moves.id}
    assert {gap.area: (gap.reports, gap.people, gap.last_seen) for gap in gaps()} == {
        "ZA-EC": (1, 1, stays.created_at),
        "ZA-WC": (1, 1, moves.created_at),
    }


@pytest.mark.parametrize("status", ["duplicate", "not_a_report"])
def test_what_turns_out_to_be_no_report_of_its_own_leaves_its_gap(app: Flask, status: str) -> None:
    report = a_report(DRY, "ZA")
    gather_now(report)
    change(report, status=status)
    sweep_now()
    assert [(gap.reports, gap.people, gap.last_seen) for gap in gaps()] == [(0, 0, None)]


def test_a_person_who_reported_twice_still_counts_when_one_report_leaves(app: Flask) -> None:
    sender = a_number("ZA")
    made = [a_report(DRY, "ZA", sender=sender) for _ in range(2)]
    gather_now(*made)
    change(made[0], status="duplicate")
    gather_now(made[0])
    assert counts() == {"za-water-sanitation|za-water-sanitation/no-tap|ZA-EC": (1, 1)}


def test_of_a_report_that_was_erased_nothing_is_left_to_gather(app: Flask) -> None:
    report = a_report(DRY, "ZA")
    gather_now(report)
    with acting_as(WORKER):
        gather(report="00000000-0000-0000-0000-000000000000")
    assert len(rows(Member)) == 1


def test_jobs_at_once_for_one_gap_and_for_one_report_count_exactly(app: Flask) -> None:
    senders = [a_number("ZA") for _ in range(4)]
    made = [a_report(DRY, "ZA", sender=senders[n % 4]) for n in range(24)]
    jobs = random.Random(1).sample([*made, *made, *made], 72)

    def run(report: Report) -> None:
        with app.app_context():
            gather_now(report)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, jobs))
    assert counts() == {"za-water-sanitation|za-water-sanitation/no-tap|ZA-EC": (24, 4)}


def test_moves_to_and_fro_at_once_end_where_the_reports_say(app: Flask) -> None:
    made = [a_report(DRY, "ZA") for _ in range(12)]
    gather_now(*made)
    chance = random.Random(2)

    def run(report: Report) -> None:
        with app.app_context():
            for _ in range(4):
                change(report, area=chance.choice(["ZA-EC", "ZA-WC", "ZA-GP"]))
                gather_now(report)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(run, made))
    sweep_now()
    for gap in gaps():
        mine = [report for report in reports() if report.id in members(gap)]
        assert {report.area for report in mine} in ({gap.area}, set())
        assert (gap.reports, gap.people) == (len(mine), len(mine))


def test_the_sweep_and_the_rule_agree_on_every_report(app: Flask) -> None:
    """Reports of all shapes, gathered by the sweep alone, are where the pure rule puts them."""
    chance = random.Random(3)
    with acting_as(WORKER):
        entries = [entry for entry in current_directory().entry_points if entry.country == "KE"]
    for _ in range(40):
        entry = chance.choice([*entries, None])
        a_report(
            entry_point=entry.slug if entry else None,
            problem_type=chance.choice([entry.problems[0].slug, None]) if entry else None,
            gap_kind=chance.choice(["absent", "late", None]),
            area=chance.choice(["KE-04", "KE-01", None]),
            status=chance.choice(["new", "closed", "duplicate", "not_a_report"]),
        )
    sweep_now()
    keys = {gap.id: gap.key for gap in gaps()}
    placed = {member.report_id: keys[member.gap_id] for member in rows(Member)}
    wanted = {report.id: kind.key for report in reports() if (kind := kind_of(report))}
    assert placed == wanted
    assert len(wanted) > 5


def test_every_night_a_gap_is_counted_again_whose_reports_were_erased(app: Flask) -> None:
    right, wrong = a_gap(people=2), a_gap(people=2, text="no drugs at the dispensary in Busia", country="KE")
    one = next(iter(members(wrong)))
    with acting_as(WORKER), transaction() as session:
        session.execute(delete(Member).where(Member.report_id == one))
    with acting_as(WORKER):
        recount(timestamp=0)
    assert {gap.id: (gap.reports, gap.people) for gap in gaps()} == {right.id: (2, 2), wrong.id: (1, 1)}
