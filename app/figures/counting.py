"""Counting: one month at a time, from the reports themselves, by jobs.

Months that are still open are counted again every few minutes, the others at night. Intake writes nothing here, so
people who report never wait for one another.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, delete, func, insert, or_, select, tuple_
from sqlalchemy.orm import Session

from app.database import transaction
from app.figures.models import MonthlyCount
from app.figures.months import begin, is_closed, month_of, months_between, next_month
from app.figures.places import ALL, NOT_KNOWN, Count, Place, totals_over
from app.followup.models import Case, CaseEvent
from app.gaps.kinds import COUNTS_NOT
from app.gaps.models import Member
from app.queue import jobs
from app.reports.models import Report

log = logging.getLogger("app.figures")

LOCK = "figures"
"""The jobs of this room run one at a time."""

WHERE = (Case.country, Case.sector, Case.area)
Counts = dict[Place, Count]


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="figures.count", lock=LOCK, queueing_lock="figures.count")
def count_open_months(**_due: int) -> None:
    """Count the months that are not closed yet."""
    now = datetime.now(UTC)
    for month in months_so_far(now):
        if not is_closed(month, now):
            keep_count(month)


@jobs.periodic(cron="23 3 * * *")
@jobs.task(name="figures.check", lock=LOCK, queueing_lock="figures.check")
def check(**_due: int) -> None:
    """Count every closed month again, and say so where the rollup was wrong: reports have been taken out or moved
    since, or there is a mistake of ours."""
    now = datetime.now(UTC)
    for month in months_so_far(now):
        wrong = keep_count(month) if is_closed(month, now) else 0
        if wrong:
            log.warning("the figures of %s are counted again: %s cells said otherwise", f"{month:%Y-%m}", wrong)


def months_so_far(now: datetime) -> tuple[date, ...]:
    """Every month from that of the first report to this one, oldest first."""
    with transaction() as session:
        first = session.scalar(select(func.min(Report.created_at)))
    return tuple(months_between(month_of(first), month_of(now))) if first else ()


def keep_count(month: date) -> int:
    """Store what a recount of this month finds; returns how many cells of the rollup were not so."""
    with transaction() as session:
        counted, stored = count_month(session, month), stored_counts(session, month)
        wrong = [place for place in counted.keys() | stored.keys() if counted.get(place) != stored.get(place)]
        if wrong:
            _store(session, month, counted)
    return len(wrong)


def _store(session: Session, month: date, counted: Counts) -> None:
    session.execute(delete(MonthlyCount).where(MonthlyCount.month == month))
    if counted:
        session.execute(insert(MonthlyCount), [_row(month, place, counted[place]) for place in counted])


def stored_counts(session: Session, month: date) -> Counts:
    """What the rollup says of this month."""
    found = session.scalars(select(MonthlyCount).where(MonthlyCount.month == month))
    return {Place(row.country, row.sector, row.area): _count_of(row) for row in found}


def count_month(session: Session, month: date) -> Counts:
    """Each place of this month that there is anything to say of, counted from the reports and cases."""
    found = {Place(*codes): numbers for codes, numbers in _reported(session, month).items()}
    for name, numbers in (("cases", _opened(session, month)), ("fixes", _mended(session, month))):
        for place, number in numbers.items():
            found[place] = found.get(place, {}) | {name: number}
    return {place: Count(**numbers) for place, numbers in found.items()}


def _reported(session: Session, month: date) -> Mapping[tuple[str, str, str], dict[str, int]]:
    """Reports, people and gaps of all six kinds of place at once: people are not the sum of people."""
    told = _told(month)
    country, sector, area = told.c.country, told.c.sector, told.c.area
    kinds = ((country, sector, area), (country, area), (country, sector), (country,), (sector,), ())
    codes = (func.coalesce(code, ALL) for code in (country, sector, area))
    sets = func.grouping_sets(*(tuple_(*kind) for kind in kinds))
    rows = session.execute(select(*codes, *_numbers(told)).group_by(sets).having(func.count() > 0))
    return {
        (c, s, a): dict(zip(("reports", "people", "once", "gaps"), rest, strict=True)) for c, s, a, *rest in rows
    }


def _told(month: date) -> Subquery:
    """The reports of the month that count, each with its reporter and how many they have filed in it.

    Who had everything erased is still one person: the gap keeps a number that leads nowhere in their place. Merging
    changes no figure but where somebody said the same twice: that other people told of it too stays counted.
    """
    person = func.coalesce(Report.contact_id, Member.contact_id).label("person")
    of_person = func.count().over(partition_by=person).label("of_person")
    rows = select(
        Report.country,
        Report.sector,
        func.coalesce(Report.area, NOT_KNOWN).label("area"),
        person,
        Member.gap_id,
        of_person,
    ).outerjoin(Member, Member.report_id == Report.id)
    of_somebody_else = and_(Report.merged_into.is_not(None), Member.report_id.is_not(None))
    counts = or_(Report.status.not_in(COUNTS_NOT), of_somebody_else)
    return rows.where(_within(Report.created_at, month), counts).subquery()


def _numbers(told: Subquery) -> tuple[ColumnElement[int], ...]:
    once = and_(told.c.person.is_not(None), told.c.of_person == 1)
    people, gaps = (func.count(column.distinct()) for column in (told.c.person, told.c.gap_id))
    return func.count(), people, func.count().filter(once), gaps


def _opened(session: Session, month: date) -> Mapping[Place, int]:
    return _cases(session, select(*WHERE, func.count()).where(_within(Case.opened_at, month)))


def _mended(session: Session, month: date) -> Mapping[Place, int]:
    """Cases that people confirmed as mended; one that was opened again and mended again counts once."""
    verified = and_(CaseEvent.kind == "state", CaseEvent.detail["new"].astext == "verified")
    mended = select(*WHERE, func.count(Case.id.distinct())).join(CaseEvent, CaseEvent.case_id == Case.id)
    return _cases(session, mended.where(verified, _within(CaseEvent.at, month)))


def _cases(session: Session, selected: Select[Any]) -> Mapping[Place, int]:
    """Cases belong to one place each, so they may be added up."""
    numbers: dict[Place, int] = defaultdict(int)
    for country, sector, area, number in session.execute(selected.group_by(*WHERE)):
        place = Place(country, sector, area or NOT_KNOWN)
        for one in (place, *totals_over(place)):
            numbers[one] += number
    return numbers


def _within(moment: Any, month: date) -> ColumnElement[bool]:
    return and_(moment >= begin(month), moment < begin(next_month(month)))


def _count_of(row: MonthlyCount) -> Count:
    return Count(row.reports, row.people, row.once, row.gaps, row.cases, row.fixes)


def _row(month: date, place: Place, count: Count) -> dict[str, Any]:
    return {"month": month, **place._asdict(), **asdict(count)}
