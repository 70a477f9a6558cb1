"""What happened since it was last looked: each event becomes one delivery for each address that wants it.

Filing and acting know nothing of hooks and pay nothing for them. An event is stamped before its transaction is
committed, so each look goes back a little; the delivery's cause keeps it from being told twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.access.people import served_by
from app.database import transaction
from app.directory.current import current_directory
from app.followup.models import Case, CaseEvent
from app.hooks.delivery import deliver_later
from app.hooks.models import Hook, HookDelivery
from app.queue import jobs
from app.reports.models import Event, Report
from app.reports.sensitive import is_sensitive

EVENTS = ("report.filed", "report.status", "case.state")
OF_REPORTS = {"filed": "report.filed", "status": "report.status"}
BACK = timedelta(minutes=5)
AT_ONCE = 1000

Found = tuple[datetime, str, str, dict[str, Any]]
"""When, the cause, the event's name, and what is told."""


@jobs.periodic(cron="* * * * *")
@jobs.task(name="hooks.gather", queueing_lock="hooks.gather")
def gather(**_due: int) -> None:
    """Look through what happened for every address that is on."""
    with transaction() as session:
        numbers = session.scalars(select(Hook.id).where(Hook.disabled_at.is_(None))).all()
    for number in numbers:
        while _gather_some(number):
            pass


def _gather_some(number: int) -> bool:
    """Whether there may be more."""
    with transaction() as session:
        hook = session.get(Hook, number, with_for_update=True)
        if hook is None or hook.disabled_at is not None:
            return False
        since, now = hook.seen_until - BACK, datetime.now(UTC)
        found = sorted(
            (*_of_reports(session, hook, since), *_of_cases(session, hook, since)), key=lambda one: one[0]
        )
        _keep(session, hook, [one for one in found if one[2] in hook.events and one[0] >= hook.at])
        is_full = len(found) >= AT_ONCE and found[-1][0] > hook.seen_until
        hook.seen_until = found[-1][0] if is_full else now
        return is_full


def _of_reports(session: Session, hook: Hook, since: datetime) -> Iterator[Found]:
    mine = Report.entry_point.in_(_entry_points(hook))
    wanted = select(Event, Report).join(Report, Report.id == Event.report_id)
    wanted = wanted.where(Event.at >= since, Event.kind.in_(OF_REPORTS), mine)
    for event, report in session.execute(wanted.order_by(Event.at, Event.id).limit(AT_ONCE)):
        told = {name: getattr(report, name) for name in ("reference", "country", "sector", "entry_point", "area")}
        told["problem_type"] = None if is_sensitive(report) else report.problem_type
        told["status"] = event.detail.get("new", "new")
        yield event.at, f"report_event:{event.id}", OF_REPORTS[event.kind], {"report": told}


def _of_cases(session: Session, hook: Hook, since: datetime) -> Iterator[Found]:
    mine = Case.entry_point.in_(_entry_points(hook))
    wanted = select(CaseEvent, Case).join(Case, Case.id == CaseEvent.case_id)
    wanted = wanted.where(CaseEvent.at >= since, CaseEvent.kind == "state", mine)
    for event, case in session.execute(wanted.order_by(CaseEvent.at, CaseEvent.id).limit(AT_ONCE)):
        told = {name: getattr(case, name) for name in ("country", "sector", "entry_point", "area")}
        told |= {"number": case.id, "state": event.detail.get("new")}
        yield event.at, f"case_event:{event.id}", "case.state", {"case": told}


def _entry_points(hook: Hook) -> list[str]:
    return sorted(served_by(hook.partner, current_directory(), datetime.now(UTC).date()))


def _keep(session: Session, hook: Hook, found: list[Found]) -> None:
    """Those that were kept before are left as they are."""
    if not found:
        return
    rows = [
        {"hook_id": hook.id, "partner": hook.partner, "cause": cause, "event": name, "payload": told, "at": at}
        for at, cause, name, told in found
    ]
    new = insert(HookDelivery).values(rows).on_conflict_do_nothing(index_elements=["hook_id", "cause"])
    deliver_later(session, *session.scalars(new.returning(HookDelivery.id)))
