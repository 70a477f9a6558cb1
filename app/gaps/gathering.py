"""Gathering: each report joins its gap by a job that was queued when it was filed, and a sweep repairs omissions.

Joining is a matter of one report and one gap, whatever the gap's size. The report's row is locked first and the
gaps' after it, in the order of their ids, so two jobs never wait for each other.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

from sqlalchemy import ColumnElement, String, and_, case, func, or_, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from app.database import transaction
from app.gaps.kinds import COUNTS_NOT, Kind, kind_of
from app.gaps.models import Gap, Member
from app.queue import jobs
from app.reports.merged import is_repetition, kept_of, merged_into
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
    """Put the report with this id where it belongs, and after it those merged into it. Doing so twice changes
    nothing."""
    for report_id in _with_merged(uuid.UUID(report)):
        with transaction() as session:
            place(session, report_id)


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="gaps.sweep", queueing_lock="gaps.sweep")
def sweep(**_due: int) -> None:
    """Put every report where it belongs that is not there: left out, routed anew, understood later, or ended."""
    _put_right(_misplaced_reports)
    _put_right(_misplaced_merged)


@jobs.periodic(cron="37 2 * * *")
@jobs.task(name="gaps.recount", queueing_lock="gaps.recount")
def recount(**_due: int) -> None:
    """Count again each gap whose members are not what it says: reports may have been erased."""
    for gap_id in _miscounted():
        with transaction() as session:
            gap = session.get_one(Gap, gap_id, with_for_update={"key_share": True})
            log.warning("gap %s is counted again: it said %s reports", gap_id, gap.reports)
            _count(session, gap)


def _put_right(find: Callable[[], list[uuid.UUID]]) -> None:
    for _round in range(MOST_ROUNDS):
        found = find()
        for report_id in found:
            with transaction() as session:
                place(session, report_id)
        if len(found) < AT_ONCE:
            return


def place(session: Session, report_id: uuid.UUID) -> None:
    """Have this report belong to its gap and to no other; of a report that is gone, nothing is left."""
    report = _lock_report(session, report_id)
    member = session.get(Member, report_id)
    kept = kept_of(session, report) if report else None
    wanted = _belongs_to(report, kept) if report and kept else None
    old, new = _lock_gaps(session, member, wanted, kept)
    if old is new:
        return
    if old is not None and member is not None:
        _leave(session, old, member)
    if new is not None and report is not None:
        _join(session, new, report)


def misplaced(kept: type[Report] = Report, counts: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """Whether a report, joined with its member and its gap, is not where it belongs; the same rule as `kind_of`.

    One that was merged belongs with the `kept` one, if it `counts`.
    """
    kind = case((kept.problem_type.is_(None), "kind:" + kept.gap_kind), else_=kept.problem_type)
    key = kept.entry_point + "|" + kind + "|" + func.coalesce(kept.area, "", type_=String)
    belongs = and_(key.is_not(None), kept.status.not_in(COUNTS_NOT), true() if counts is None else counts)
    return or_(
        and_(belongs, Gap.key.is_distinct_from(key)),
        and_(~func.coalesce(belongs, False), Member.report_id.is_not(None)),
    )


def _misplaced_reports() -> list[uuid.UUID]:
    with transaction() as session:
        joined = select(Report.id).outerjoin(Member, Member.report_id == Report.id).outerjoin(Member.gap)
        return list(session.scalars(joined.where(misplaced(), Report.merged_into.is_(None)).limit(AT_ONCE)))


def _misplaced_merged() -> list[uuid.UUID]:
    """The same of reports that were merged, each looked at with the one at the end of its way up."""
    above, kept = aliased(Report), aliased(Report)
    up = select(Report.id, Report.merged_into).where(Report.merged_into.is_not(None)).cte("up", recursive=True)
    further = select(up.c.id, above.merged_into).join(above, above.id == up.c.merged_into)
    up = up.union(further.where(above.merged_into.is_not(None)))
    counts = or_(Report.contact_id.is_(None), Report.contact_id.is_distinct_from(kept.contact_id))
    ends = select(Report.id).join(up, up.c.id == Report.id)
    ends = ends.join(kept, and_(kept.id == up.c.merged_into, kept.merged_into.is_(None)))
    joined = ends.outerjoin(Member, Member.report_id == Report.id).outerjoin(Member.gap)
    with transaction() as session:
        return list(session.scalars(joined.where(misplaced(kept, counts)).limit(AT_ONCE)))


def _with_merged(report_id: uuid.UUID) -> list[uuid.UUID]:
    with transaction() as session:
        report = session.get(Report, report_id)
        return [report_id, *(one.id for one in merged_into(session, report))] if report else [report_id]


def _belongs_to(report: Report, kept: Report) -> Kind | None:
    """A report that was merged tells of its kept one's gap: another person does, that is."""
    return None if report is not kept and is_repetition(report, kept) else kind_of(kept)


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
    session: Session, member: Member | None, wanted: Kind | None, kept: Report | None
) -> tuple[Gap | None, Gap | None]:
    """The gap that the report is in and the one where it belongs, the second made if it is new."""
    if wanted is not None and kept is not None:
        _see_to(session, wanted, kept)
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
