"""Gathering: each report joins its gap by a job that was queued when it was filed, and a sweep repairs omissions.

Joining is a matter of one report and one gap, whatever the gap's size. The report's row is locked first and the
gaps' after it, in the order of their ids, so two jobs never wait for each other.
"""

from __future__ import annotations

import logging
import uuid

from sqlalchemy import ColumnElement, String, and_, case, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.database import transaction
from app.gaps.kinds import COUNTS_NOT, Kind, kind_of
from app.gaps.models import Gap, Member
from app.queue import jobs
from app.reports.models import Report

log = logging.getLogger("app.gaps")

AT_ONCE = 500
COUNTED = (
    func.count().label("reports"),
    func.count(Member.contact_id.distinct()).label("people"),
    func.min(Member.seen_at).label("first_seen"),
    func.max(Member.seen_at).label("last_seen"),
)
MOST_ROUNDS = 40
"""What a sweep leaves after 20,000 reports, the next one finds."""


@jobs.task(name="gaps.gather")
def gather(report: str) -> None:
    """Put the report with this id where it belongs. Doing so twice changes nothing."""
    with transaction() as session:
        place(session, uuid.UUID(report))


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="gaps.sweep", queueing_lock="gaps.sweep")
def sweep(**_due: int) -> None:
    """Put every report where it belongs that is not there: left out, routed anew, understood later, or ended."""
    for _round in range(MOST_ROUNDS):
        found = _misplaced_reports()
        for report_id in found:
            with transaction() as session:
                place(session, report_id)
        if len(found) < AT_ONCE:
            return


@jobs.periodic(cron="37 2 * * *")
@jobs.task(name="gaps.recount", queueing_lock="gaps.recount")
def recount(**_due: int) -> None:
    """Count again each gap whose members are not what it says: reports may have been erased."""
    for gap_id in _miscounted():
        with transaction() as session:
            gap = session.get_one(Gap, gap_id, with_for_update={"key_share": True})
            log.warning("gap %s is counted again: it said %s reports", gap_id, gap.reports)
            _count(session, gap)


def place(session: Session, report_id: uuid.UUID) -> None:
    """Have this report belong to its gap and to no other; of a report that is gone, nothing is left."""
    report = _lock_report(session, report_id)
    member = session.get(Member, report_id)
    wanted = kind_of(report) if report else None
    old, new = _lock_gaps(session, member, wanted, report)
    if old is new:
        return
    if old is not None and member is not None:
        _leave(session, old, member)
    if new is not None and report is not None:
        _join(session, new, report)


def misplaced() -> ColumnElement[bool]:
    """Whether a report, joined with its member and its gap, is not where it belongs; the same rule as `kind_of`."""
    kind = case((Report.problem_type.is_(None), "kind:" + Report.gap_kind), else_=Report.problem_type)
    key = Report.entry_point + "|" + kind + "|" + func.coalesce(Report.area, "", type_=String)
    belongs = and_(key.is_not(None), Report.status.not_in(COUNTS_NOT))
    return or_(
        and_(belongs, Gap.key.is_distinct_from(key)),
        and_(~func.coalesce(belongs, False), Member.report_id.is_not(None)),
    )


def _misplaced_reports() -> list[uuid.UUID]:
    with transaction() as session:
        joined = select(Report.id).outerjoin(Member, Member.report_id == Report.id).outerjoin(Member.gap)
        return list(session.scalars(joined.where(misplaced()).limit(AT_ONCE)))


def _miscounted() -> list[uuid.UUID]:
    with transaction() as session:
        counted = select(Member.gap_id, *COUNTED).group_by(Member.gap_id).subquery()
        number, people = func.coalesce(counted.c.reports, 0), func.coalesce(counted.c.people, 0)
        wrong = select(Gap.id).outerjoin(counted, counted.c.gap_id == Gap.id)
        return list(session.scalars(wrong.where(or_(Gap.reports != number, Gap.people != people))))


def _lock_report(session: Session, report_id: uuid.UUID) -> Report | None:
    locked = select(Report).where(Report.id == report_id).with_for_update(key_share=True)
    return session.scalars(locked.execution_options(populate_existing=True)).one_or_none()


def _lock_gaps(
    session: Session, member: Member | None, wanted: Kind | None, report: Report | None
) -> tuple[Gap | None, Gap | None]:
    """The gap that the report is in and the one where it belongs, the second made if it is new."""
    if wanted is not None and report is not None:
        _see_to(session, wanted, report)
    mine = or_(Gap.id == (member.gap_id if member else None), Gap.key == (wanted.key if wanted else None))
    locked = select(Gap).where(mine).order_by(Gap.id).with_for_update(key_share=True)
    gaps = session.scalars(locked.execution_options(populate_existing=True)).all()
    old = next((gap for gap in gaps if member and gap.id == member.gap_id), None)
    return old, next((gap for gap in gaps if wanted and gap.key == wanted.key), None)


def _see_to(session: Session, kind: Kind, report: Report) -> None:
    """Make this gap unless there is one."""
    row = insert(Gap).values(
        id=uuid.uuid4(),
        key=kind.key,
        country=report.country,
        sector=report.sector,
        entry_point=kind.entry_point,
        problem_type=kind.problem_type,
        gap_kind=report.gap_kind,
        area=kind.area,
    )
    session.execute(row.on_conflict_do_nothing(index_elements=[Gap.key]))


def _join(session: Session, gap: Gap, report: Report) -> None:
    gap.reports += 1
    gap.people += report.contact_id is not None and not _knows(session, gap, report.contact_id)
    gap.first_seen = min(gap.first_seen or report.created_at, report.created_at)
    gap.last_seen = max(gap.last_seen or report.created_at, report.created_at)
    session.add(Member(report_id=report.id, gap_id=gap.id, contact_id=report.contact_id, seen_at=report.created_at))
    session.flush()


def _leave(session: Session, gap: Gap, member: Member) -> None:
    """Take the report out and count the gap again, which is rare enough to be done in full."""
    session.delete(member)
    session.flush()
    _count(session, gap)


def _count(session: Session, gap: Gap) -> None:
    counted = session.execute(select(*COUNTED).where(Member.gap_id == gap.id)).one()
    gap.reports, gap.people, gap.first_seen, gap.last_seen = counted
    session.flush()


def _knows(session: Session, gap: Gap, contact_id: uuid.UUID) -> bool:
    same = select(Member.report_id).where(Member.gap_id == gap.id, Member.contact_id == contact_id)
    return session.scalars(same.limit(1)).one_or_none() is not None
