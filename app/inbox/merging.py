"""Merging reports that say the same: one goes on, the other becomes its duplicate, and both keep what is theirs.

The report that is to go on must not be merged itself, and both are locked, in the order of their ids: so nobody
ever makes a circle. Which status the merged one had stands on its timeline, for the day it is taken out again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.steps import reach
from app.inbox import acts
from app.outbox.queueing import tell_update
from app.queue import Job, put
from app.reports.lifecycle import DUPLICATE, OPEN
from app.reports.models import Event, Report
from app.reports.reference import WrongReference, read_reference
from app.reports.sealing import may_read
from app.reports.timeline import record
from app.viewer import current_viewer

MERGED, TOOK_IN = "merged", "took_in"
UNMERGED, LET_GO = "unmerged", "let_go"
"""Each is a line on one of the two timelines: of the report that was merged, and of the one that goes on."""

THIS_STAYS, OTHER_STAYS = "this", "other"
GATHER = "gaps.gather"
"""A room above this one: it is asked for by name."""


@dataclass(frozen=True)
class Merged:
    """What a report was merged into and what into it, each by its reference; `may_be_taken_out` by the viewer."""

    into: str | None
    here: tuple[str, ...]
    may_merge: bool
    may_be_taken_out: bool


def merged_of(session: Session, report: Report) -> Merged:
    here = select(Report.reference).where(Report.merged_into == report.id).order_by(Report.created_at)
    found = session.scalars(here).all() if report.has_merged else ()
    said = [event for event in report.events if event.kind == MERGED] if report.merged_into else []
    into = said[-1].detail["into"] if said else None
    return Merged(into, tuple(found), report.status in OPEN, into is not None)


def merge(session: Session, reference: str, form: uuid.UUID, other: str, stays: str, reason: str) -> None:
    """Merge this report with another, of which `stays` says which goes on. Raises NoSuchReport, Refused."""
    found = _lock_both(session, reference, _read(other, reference))
    report, second = found[reference], next(one for name, one in found.items() if name != reference)
    if acts.is_done(session, report, form):
        return
    if stays not in (THIS_STAYS, OTHER_STAYS):
        raise acts.Refused("stays", _("Choose which of the two goes on."))
    reason = acts.words("merge_reason", reason, acts.LONGEST_REASON)
    if not reason:
        raise acts.Refused("merge_reason", _("Say why they are the same."))
    merged, kept = (second, report) if stays == THIS_STAYS else (report, second)
    _check(merged, kept)
    _merge(session, merged, kept, reason, str(form))


def unmerge(session: Session, reference: str, form: uuid.UUID, reason: str) -> None:
    """Have a merged report go on by itself again, from the status that it had. Raises NoSuchReport, Refused."""
    report = acts.lock(session, reference)
    if acts.is_done(session, report, form):
        return
    reason = acts.words("unmerge_reason", reason, acts.LONGEST_REASON)
    if report.merged_into is None:
        raise acts.Stale("unmerge_reason", _("This report is not merged with another any more."))
    if not reason:
        raise acts.Refused("unmerge_reason", _("Say why it is not the same."))
    before = _when_merged(session, report)
    kept = session.get(Report, report.merged_into)
    report.merged_into = None
    reach(report, before.detail["old"])
    detail = {"old": DUPLICATE, "new": report.status, "out_of": before.detail["into"]}
    change = record(session, report, UNMERGED, **detail, reason=reason, form=str(form))
    if kept is not None:
        record(session, kept, LET_GO, of=report.reference, form=str(form))
    tell_update(session, report, change)
    put(session, Job(GATHER, {"report": str(report.id)}))


def _read(other: str, reference: str) -> str:
    """The reference that was chosen or typed. Raises Refused."""
    try:
        read = read_reference(other)
    except WrongReference:
        raise acts.Refused("other", _("This reference has a typing mistake.")) from None
    if read is None:
        raise acts.Refused("other", _("Choose a report, or enter its reference."))
    if str(read) == reference:
        raise acts.Refused("other", _("A report cannot be merged with itself."))
    return str(read)


def _lock_both(session: Session, reference: str, other: str) -> dict[str, Report]:
    both = select(Report).where(Report.reference.in_((reference, other))).order_by(Report.id).with_for_update()
    found = {report.reference: report for report in session.scalars(both)}
    if reference not in found or not may_read(session, found[reference]):
        raise acts.NoSuchReport(reference)
    if other not in found or not found[other].may_be_written_by(current_viewer()):
        raise acts.Refused("other", _("You work on no report with this reference."))
    if not may_read(session, found[other]):
        raise acts.Refused("other", _("You may not read that report: it is sensitive. Ask one of its leads."))
    return found


def _check(merged: Report, kept: Report) -> None:
    """Raises Refused where the two cannot be merged."""
    if (merged.entry_point, merged.partner) != (kept.entry_point, kept.partner):
        raise acts.Refused("other", _("They are with different partners. Send one of them on first."))
    if bool(merged.sealed) != bool(kept.sealed):
        raise acts.Refused(
            "other", _("One of them is sensitive. Mark the other as sensitive too, then merge them.")
        )
    if kept.status not in OPEN or merged.status not in OPEN:
        raise acts.Refused(
            "other", _("One of them has come to its end, or was merged: only open ones can be merged.")
        )


def _merge(session: Session, merged: Report, kept: Report, reason: str, form: str) -> None:
    was = merged.status
    merged.merged_into, kept.has_merged = kept.id, True
    reach(merged, DUPLICATE)
    detail = {"old": was, "new": DUPLICATE, "into": kept.reference}
    change = record(session, merged, MERGED, **detail, reason=reason, form=form)
    record(session, kept, TOOK_IN, of=merged.reference, reason=reason, form=form)
    tell_update(session, merged, change)
    put(session, Job(GATHER, {"report": str(merged.id)}))


def _when_merged(session: Session, report: Report) -> Event:
    last = select(Event).where(Event.report_id == report.id, Event.kind == MERGED).order_by(Event.id.desc())
    return session.scalars(last.limit(1)).one()
