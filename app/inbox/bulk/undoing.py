"""Undoing a bulk act: each report gets back exactly what it changed, where nobody has changed that since."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.deadlines.steps import reach, reach_back, reading
from app.inbox import acts, marking, steps
from app.inbox.acts import Refused
from app.inbox.bulk.models import BulkAct, BulkItem
from app.inbox.bulk.running import in_chunks, items_of, locked, reports_of
from app.inbox.colleagues import colleagues
from app.queue import Job, Patience, jobs, put
from app.reports.marks import WOKEN
from app.reports.models import Report
from app.reports.timeline import record

UNDO_WITHIN = timedelta(minutes=30)
TAKEN_BACK = "bulk_taken_back"
"""The event: the note of a bulk act does not count any more. Lines are never deleted."""


def may_be_undone(bulk: BulkAct, now: datetime) -> bool:
    return bulk.state in ("running", "done") and (bulk.finished_at is None or now - bulk.finished_at < UNDO_WITHIN)


def ask_undo(session: Session, bulk_id: uuid.UUID) -> None:
    """Have it undone; what has not been done yet never will. Asking again changes nothing.

    Raises LookupError for one that is not the viewer's, Refused when it is too late.
    """
    bulk = locked(session, bulk_id)
    if bulk is None:
        raise LookupError(bulk_id)
    if bulk.state in ("undoing", "undone"):
        return
    if not may_be_undone(bulk, datetime.now(UTC)):
        raise Refused("undo", _("It is too late to undo this."))
    bulk.state = "undoing"
    put(session, Job(undo, {"bulk": str(bulk_id)}, lock=f"bulk:{bulk_id}"))


@jobs.task(name="inbox.bulk_undo", retry=Patience())
def undo(bulk: str) -> None:
    """Undo what was done, one report after the other."""
    in_chunks(bulk, _undo_some)


def _undo_some(session: Session, bulk_id: uuid.UUID) -> bool:
    bulk = locked(session, bulk_id)
    if bulk is None or bulk.state != "undoing":
        return False
    items = items_of(session, bulk_id, BulkItem.state == "done")
    if not items:
        bulk.state, bulk.finished_at = "undone", datetime.now(UTC)
        return False
    reports, names = reports_of(session, items), {one.key: one.name for one in colleagues(session)}
    for item in items:
        report = reports.get(item.report_id)
        kept = _undo(session, item, report, steps.from_json(bulk.steps), names) if report else ["gone"]
        item.state, item.why = ("kept", ",".join(kept)) if kept else ("undone", "")
    return True


def _undo(session: Session, item: BulkItem, report: Report, asked: steps.Steps, names: dict[str, str]) -> list[str]:
    """Returns what somebody changed since, and what was sent: that stays as it is."""
    now, how = steps.state_of(report), {"undone": str(item.bulk_id)}
    kept = [name for name, (_old, new) in item.change.items() if name in PUT_BACK and now[name] != new]
    for name, (old, _new) in item.change.items():
        if name in PUT_BACK and name not in kept:
            PUT_BACK[name](session, report, item, old, how, names)
    if "tags" in item.change:
        before, after = map(set, item.change["tags"])
        marking.change_tags(session, report, before - after, after - before, **how)
    if asked.note:
        record(session, report, TAKEN_BACK, **how)
    if item.change.get("touched_at", [None, None])[1] == now["touched_at"]:
        report.touched_at = datetime.fromisoformat(item.change["touched_at"][0])
    return [*kept, *(["reply"] if asked.replies_something and item.told else [])]


def _status(session: Session, report: Report, item: BulkItem, old: Any, how: Any, _names: Any) -> None:
    """Its clock stands as before. Who was told of the status already is told that it is another one again."""
    change = record(session, report, "status", old=report.status, new=old, reason="", **how)
    clock = item.change.get("clock", [None, None])
    if clock[1] == reading(report):
        reach_back(report, old, clock[0])
    else:
        reach(report, old)
    if item.told:
        acts.tell_of(session, report, change)


def _assigned_to(session: Session, report: Report, _item: Any, old: Any, how: Any, names: dict[str, str]) -> None:
    report.assigned_to = old
    name = names.get(str(old)) if old else None
    record(session, report, "assigned", to=name, account=old, stranger=bool(old and not name), **how)


def _priority(session: Session, report: Report, _item: Any, old: Any, how: Any, _names: Any) -> None:
    marking.change_priority(session, report, old, **how)


def _snoozed_until(session: Session, report: Report, _item: Any, old: Any, how: Any, _names: Any) -> None:
    report.snoozed_until = datetime.fromisoformat(old) if old else None
    if old:
        record(session, report, marking.SNOOZED, until=old[:10], **how)
    else:
        record(session, report, WOKEN, **how)


PUT_BACK = {
    "status": _status,
    "assigned_to": _assigned_to,
    "priority": _priority,
    "snoozed_until": _snoozed_until,
}
"""How each of these gets its old value back. Tags go back one by one: a colleague's own stay."""
