"""Opening a case from a gap, and taking up the reports that belong to it."""

from __future__ import annotations

import uuid

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import transaction
from app.deadlines.steps import reach
from app.followup.merging import with_merged
from app.followup.models import Case
from app.followup.reading import read_words
from app.followup.refusals import NoSuchCase, Refused
from app.followup.states import ENDS
from app.followup.timeline import record
from app.gaps.models import Gap, Member
from app.outbox.queueing import tell_update
from app.queue import Job, jobs, put
from app.reports.models import Report
from app.reports.timeline import record as record_on_report
from app.viewer import Viewer, current_viewer

LONGEST_STATEMENT = 1000
AT_ONCE = 100

STEPS = {"new": ("acknowledged", "in_follow_up"), "acknowledged": ("in_follow_up",), "reopened": ("in_follow_up",)}
"""The moves of a report's own table by which it comes to be in follow-up; one that needs information waits."""


def open_case(session: Session, gap_id: uuid.UUID, statement: str) -> int:
    """Open a case about this gap and return its number: the one that is open already, where there is one.

    Raises NoSuchCase where the viewer may not, Refused.
    """
    gap = session.scalars(select(Gap).where(Gap.id == gap_id).with_for_update()).one_or_none()
    if gap is None or not gap.may_be_written_by(current_viewer()):
        raise NoSuchCase(gap_id)
    before = session.get(Case, gap.case_id) if gap.case_id else None
    if before is not None and before.state not in ENDS:
        return before.id
    return _open(session, gap, read_words("statement", statement, LONGEST_STATEMENT, needed=True)).id


def _open(session: Session, gap: Gap, statement: str) -> Case:
    same = ("country", "sector", "entry_point", "problem_type", "gap_kind", "area")
    shared = {name: getattr(gap, name) for name in same}
    case = Case(gap_id=gap.id, statement=statement, owner=_owner(current_viewer()), state="forming", **shared)
    session.add(case)
    session.flush()
    gap.case_id = case.id
    record(session, case, "opened", people=gap.people, reports=gap.reports)
    put(session, Job(take_up, {"case": case.id}))
    return case


def _owner(viewer: Viewer) -> str:
    """Raises Refused for somebody who is at no partner."""
    if viewer.partner is None:
        raise Refused("statement", _("Only partners open budget cases."))
    return viewer.partner


@jobs.task(name="followup.take_up")
def take_up(case: int) -> None:
    """Bring the reports of the case's gap into follow-up and tell their people. Doing so twice changes nothing."""
    for some in in_batches(reports_of(case, tuple(STEPS))):
        with transaction() as session:
            for report in locked_reports(session, some):
                _take_up(session, case, report)


def reports_of(case: int, statuses: tuple[str, ...]) -> list[uuid.UUID]:
    """The reports of the case's gap, and of the gaps of cases merged into it, in one of these statuses, in a fixed
    order."""
    with transaction() as session:
        whole = with_merged(case)
        of_gap = select(Member.report_id).join(whole, whole.c.gap_id == Member.gap_id)
        found = select(Report.id).where(Report.id.in_(of_gap), Report.status.in_(statuses))
        return list(session.scalars(found.order_by(Report.id)))


def in_batches(ids: list[uuid.UUID]) -> list[list[uuid.UUID]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def locked_reports(session: Session, ids: list[uuid.UUID]) -> list[Report]:
    """These reports, locked in the order of their ids, so that two jobs do not wait for each other."""
    locked = select(Report).where(Report.id.in_(ids)).order_by(Report.id).with_for_update(key_share=True)
    return list(session.scalars(locked))


def _take_up(session: Session, case: int, report: Report) -> None:
    for status in STEPS.get(report.status, ()):
        change = record_on_report(session, report, "status", old=report.status, new=status, case=case)
        reach(report, status)
        if status == "in_follow_up":
            tell_update(session, report, change)
