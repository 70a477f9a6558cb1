"""The worker's part of a bulk act: a chunk in each transaction, as the person who asked for it.

What became of a report is committed with what was done to it, so a job that is run again after a crash goes on
where it stopped. Nobody is texted before WAIT has passed: until then undoing leaves no trace with anybody.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.models import Account
from app.access.people import viewer_of
from app.database import transaction
from app.directory.current import current_directory
from app.inbox import acts, steps
from app.inbox.acts import Refused
from app.inbox.bulk.models import BulkAct, BulkItem
from app.inbox.colleagues import Colleague
from app.inbox.steps import Steps
from app.queue import Job, Patience, jobs, put
from app.reports.models import Event, Report
from app.viewer import SIGN_IN, Viewer, acting_as, current_viewer

CHUNK = 100
WAIT = timedelta(minutes=2)
"""How long people's messages are held back, for second thoughts."""

WHY = {"status": "illegal", "reason": "illegal", "new_tags": "tags", "snooze": "ended"}
"""Why a report was left, by the field that could not be done."""

Chunk = Callable[[Session, uuid.UUID], bool]
"""Does the next chunk; False when there is none left."""


@jobs.task(name="inbox.bulk", retry=Patience())
def run(bulk: str) -> None:
    """Do what was asked for to one report after the other."""
    in_chunks(bulk, _do_some)


@jobs.task(name="inbox.bulk_tell", retry=Patience())
def tell(bulk: str) -> None:
    """Send people what is due to them after a bulk act."""
    in_chunks(bulk, _tell_some)


def in_chunks(bulk: str, chunk: Chunk) -> None:
    """Repeat this as the person who asked, a transaction each time, until nothing is left."""
    asker = asker_of(uuid.UUID(bulk))
    if asker is None:
        return _stop(uuid.UUID(bulk))
    more = True
    while more:
        with acting_as(asker), transaction() as session:
            more = chunk(session, uuid.UUID(bulk))
    return None


def asker_of(bulk: uuid.UUID) -> Viewer | None:
    """As which viewer this act goes on today; None if its person may not act there any more."""
    with transaction() as session:
        asked = session.get(BulkAct, bulk)
    if asked is None:
        return None
    with acting_as(SIGN_IN), transaction() as session:
        found = session.get(Account, asked.account_id)
        return _viewer(found, asked.partner) if found and found.disabled_at is None else None


def _viewer(account: Account, partner: str | None) -> Viewer | None:
    """As which they act at this partner, or without one at their desk."""
    today, directory = datetime.now(UTC).date(), current_directory()
    seats = (None, *(one for one in account.memberships if one.partner == partner))
    viewers = (viewer_of(account, directory, today, seat) for seat in seats)
    return next((viewer for viewer in viewers if viewer.partner == partner and viewer.triages), None)


def locked(session: Session, bulk: uuid.UUID) -> BulkAct | None:
    """Undoing and telling wait for each other here."""
    return session.get(BulkAct, bulk, with_for_update=True)


def items_of(session: Session, bulk: uuid.UUID, *conditions: object) -> Sequence[BulkItem]:
    mine = select(BulkItem).where(BulkItem.bulk_id == bulk, *conditions)  # type: ignore[arg-type]
    return session.scalars(mine.order_by(BulkItem.place).limit(CHUNK)).all()


def reports_of(session: Session, items: Sequence[BulkItem]) -> dict[uuid.UUID, Report]:
    """Their reports, locked: those that the viewer may still see."""
    wanted = select(Report).where(Report.id.in_([item.report_id for item in items]))
    return {report.id: report for report in session.scalars(wanted.order_by(Report.id).with_for_update())}


def _do_some(session: Session, bulk_id: uuid.UUID) -> bool:
    bulk = locked(session, bulk_id)
    if bulk is None or bulk.state != "running":
        return False
    items = items_of(session, bulk_id, BulkItem.state == "waiting")
    if not items:
        return _finish(session, bulk)
    asked = steps.from_json(bulk.steps)
    reports, colleague = reports_of(session, items), _colleague(session, asked)
    changes = [(item, _do(session, item, reports.get(item.report_id), asked, colleague)) for item in items]
    session.flush()
    for item, change in changes:
        item.event_id = change.id if change else None
    return True


def _colleague(session: Session, asked: Steps) -> Colleague | Refused | None:
    try:
        return steps.colleague_of(session, asked)
    except Refused as refused:
        return refused


def _do(
    session: Session, item: BulkItem, report: Report | None, asked: Steps, to: Colleague | Refused | None
) -> Event | None:
    item.why = _obstacle(item, report, asked, to)
    item.state = "left" if item.why else "done"
    if item.why or report is None or isinstance(to, Refused):
        return None
    before = steps.state_of(report)
    change = steps.carry_out(session, report, asked, to, bulk=str(item.bulk_id))
    after = steps.state_of(report)
    item.change = {name: [before[name], after[name]] for name in after if after[name] != before[name]}
    return change


def _obstacle(item: BulkItem, report: Report | None, asked: Steps, to: Colleague | Refused | None) -> str:
    if report is None:
        return "gone"
    if report.sealed:
        return "sealed"
    if isinstance(to, Refused):
        return "colleague"
    if to is not None and not to.may_open(report):
        return "confined"
    if _is_stale(item, report, asked):
        return "stale"
    try:
        steps.check(report, asked)
    except Refused as refused:
        return WHY[refused.field]
    return ""


def _is_stale(item: BulkItem, report: Report, asked: Steps) -> bool:
    """Whether somebody has changed, since it was chosen, what is to be changed now."""
    about = {"status": asked.status, "assigned_to": asked.assign, "priority": asked.priority}
    now = steps.state_of(report)
    return any(value and now[name] != item.seen.get(name) for name, value in about.items())


def _finish(session: Session, bulk: BulkAct) -> bool:
    bulk.state, bulk.finished_at = "done", datetime.now(UTC)
    asked = steps.from_json(bulk.steps)
    if asked.status or asked.replies_something:
        what = {"bulk": str(bulk.id)}
        put(session, Job(tell, what, lock=f"bulk:{bulk.id}", at=bulk.finished_at + WAIT))
    return False


def _tell_some(session: Session, bulk_id: uuid.UUID) -> bool:
    bulk = locked(session, bulk_id)
    if bulk is None or bulk.state != "done":
        return False
    items = items_of(session, bulk_id, BulkItem.state == "done", BulkItem.told.is_(False))
    reports = reports_of(session, items)
    for item in items:
        item.told = True
        if item.report_id in reports:
            _tell(session, item, reports[item.report_id], steps.from_json(bulk.steps))
    return bool(items)


def _tell(session: Session, item: BulkItem, report: Report, asked: Steps) -> None:
    """A status that has changed again since has been told already."""
    change = session.get(Event, item.event_id) if item.event_id else None
    if change is not None and report.status == change.detail["new"]:
        acts.tell_of(session, report, change)
    if reply := steps.reply_to(report, asked):
        acts.give_answer(session, report, reply, bulk=str(item.bulk_id))


def _stop(bulk_id: uuid.UUID) -> None:
    with transaction() as session:
        bulk = locked(session, bulk_id)
        if bulk is not None and bulk.state == "running":
            bulk.state, bulk.finished_at = "stopped", datetime.now(UTC)


def asked_by_oneself(session: Session, limit: int) -> Sequence[BulkAct]:
    """The viewer's own bulk acts, the newest first."""
    mine = select(BulkAct).where(BulkAct.account_id == current_viewer().account_id)
    return session.scalars(mine.order_by(BulkAct.asked_at.desc()).limit(limit)).all()
