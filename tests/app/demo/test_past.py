from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database import transaction
from app.demo.accounts import add_accounts
from app.demo.fates import choose_fate
from app.demo.history import add_history, publish_history
from app.demo.sayings import PLACE, country_words, phrases
from app.directory.current import current_directory
from app.figures.models import PublishedCount
from app.figures.months import month_of, months_between
from app.gaps.gathering import sweep
from app.gaps.models import Member
from app.reports.lifecycle import STATUSES
from app.reports.models import Answer, Event, Report
from app.viewer import COMMAND, WORKER, acting_as
from tests.conftest import Database

COUNTRIES = ("GH", "ID", "IN", "KE", "NG", "SN", "ZA")


@pytest.fixture(scope="module")
def past(whole_app: Flask, database: Database) -> Iterator[Flask]:
    """The demo's past, written once for all that is asked of it."""
    with whole_app.app_context():
        with acting_as(COMMAND), transaction() as session:
            add_accounts(session, current_directory())
        add_history()
        yield whole_app
    database.empty()


@pytest.fixture
def session(past: Flask) -> Iterator[Session]:
    with past.app_context(), acting_as(WORKER), transaction() as session:
        yield session


def number_by(session: Session, column: object) -> Counter[object]:
    found = session.execute(select(column, func.count()).select_from(Report).group_by(column))  # type: ignore[call-overload]
    return Counter(dict(found.all()))


def test_the_past_is_rich_enough_to_judge_an_inbox_by(session: Session):
    by_entry_point = number_by(session, Report.entry_point)
    entry_points = {entry.slug for entry in current_directory().entry_points}
    assert sum(by_entry_point.values()) >= 400
    assert min(by_entry_point[slug] for slug in entry_points) >= 15
    assert set(number_by(session, Report.status)) == set(STATUSES)
    assert set(number_by(session, Report.channel)) == {"sms", "ussd", "web", "whatsapp", "staff"}
    assert set(number_by(session, Report.priority)) == {1, 2, 3, 4}


def test_every_desk_has_reports_of_its_own(session: Session):
    of_desks = select(Report.partner).where(Report.entry_point.is_(None)).distinct()
    assert set(session.scalars(of_desks)) == {country.desk for country in current_directory().countries}


def test_the_past_goes_back_eighteen_months(session: Session):
    first, last = session.execute(select(func.min(Report.created_at), func.max(Report.created_at))).one()
    assert len(list(months_between(month_of(first), month_of(last)))) >= 18
    assert last <= datetime.now(UTC)


def test_people_write_in_every_language_that_their_country_offers(session: Session):
    spoken = {(country, language) for country, language in session.execute(select(Report.country, Report.language))}
    offered = {
        (country.code, language) for country in current_directory().countries for language in country.languages
    }
    assert offered <= spoken


def test_staff_have_worked_on_it(session: Session):
    kinds = Counter(session.scalars(select(Event.kind)))
    assert {"filed", "status", "assigned", "note", "answered", "call_asked", "call_time"} <= set(kinds)
    assert session.scalar(select(func.count(Answer.id))) == kinds["answered"]
    flags = {flag for flags in session.scalars(select(Report.flags)) for flag in flags}
    assert {"call_back", "sensitive", "outside area"} <= flags
    for is_there in (Report.assigned_to.is_not(None), Report.snoozed_until.is_not(None), Report.tags != []):
        assert session.scalar(select(func.count(Report.id)).where(is_there))


def test_some_limits_are_kept_and_some_missed(session: Session):
    now = datetime.now(UTC)
    assert session.scalar(select(func.count(Report.id)).where(Report.due_at < now))
    assert session.scalar(select(func.count(Report.id)).where(Report.due_at > now))


def test_a_duplicate_is_merged_with_the_report_that_it_repeats(session: Session):
    merged = session.scalars(select(Report).where(Report.status == "duplicate")).all()
    kept = {report.id: report for report in session.scalars(select(Report).where(Report.has_merged))}
    assert merged
    for report in merged:
        assert report.merged_into in kept
        assert kept[report.merged_into].partner == report.partner
    assert Counter(session.scalars(select(Event.kind)))["took_in"] == len(merged)


def test_everything_is_gathered_already(session: Session):
    before = session.scalar(select(func.count(Member.report_id)))
    sweep()
    assert session.scalar(select(func.count(Member.report_id))) == before


def test_no_step_was_taken_before_the_report_or_after_now(session: Session):
    found = select(Event.at, Report.created_at).join(Report, Report.id == Event.report_id)
    now = datetime.now(UTC)
    assert all(
        told - timedelta(minutes=5) <= at <= now + timedelta(minutes=5) for at, told in session.execute(found)
    )


def test_nobody_of_the_past_is_ever_answered(session: Session):
    assert not session.scalar(select(func.count(Report.id)).where(Report.answerable))


def test_it_is_written_once(session: Session):
    before = session.scalar(select(func.count(Report.id)))
    add_history()
    assert session.scalar(select(func.count(Report.id))) == before


def test_the_figures_show_numbers_and_keep_some_back(past: Flask):
    publish_history()
    with acting_as(WORKER), transaction() as session:
        people = list(session.scalars(select(PublishedCount.people)))
    assert len([number for number in people if number]) > 300
    assert None in people


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_page_of_a_list_need_not_repeat_a_sentence(country: str):
    for topic in country_words(country).topics.values():
        texts = [saying.text for saying in topic.sayings]
        assert len(set(texts)) == len(texts)
        assert len(texts) >= 20 or topic.sayings[0].problem is None


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_is_said_is_about_a_problem_of_the_directory_and_can_be_answered(session: Session, country: str):
    for topic in country_words(country).topics.values():
        for saying in topic.sayings:
            assert saying.problem is None or current_directory().problem(saying.problem)
            assert saying.language in phrases()
            assert "{" not in saying.text.replace(PLACE, "")


def test_nothing_repeats_a_report_that_is_not_there():
    now = datetime.now(UTC)
    fates = (
        choose_fate(random.Random(seed), now - timedelta(days=9), now, may_repeat=False) for seed in range(300)
    )
    assert all(step.status != "duplicate" for fate in fates for step in fate)
