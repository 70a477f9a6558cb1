"""Sending a report on to another entry point of its country, or to the country's desk.

No person may write what is another's, so a person only says where it should go: one line on the timeline and a job,
in one transaction. The job then moves the report and those merged into it, and with them who sees them.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.speaking import page_language
from app.database import transaction
from app.directory.catalogue import OTHER, Directory
from app.directory.current import current_directory
from app.directory.routing import OUTSIDE_AREA, OUTSIDE_FOCUS, Route, route
from app.inbox import acts
from app.inbox.whys import AFTER_SENDING
from app.outbox.words_as_text import seal_sent
from app.queue import Job, jobs, put
from app.reports.lifecycle import OPEN
from app.reports.merged import merged_into
from app.reports.models import Event, Report
from app.reports.sealing import forget_readers, seal
from app.reports.sensitive import is_sensitive
from app.reports.timeline import record

DESK = "desk"
SENT_ON, MOVED = "sent_on", "moved"
BY_ROUTING = frozenset({OUTSIDE_AREA, OUTSIDE_FOCUS})
GATHER = "gaps.gather"
"""A room above this one: it is asked for by name."""


def places_for(report: Report, directory: Directory) -> tuple[tuple[str, str], ...]:
    """Where this report may be sent: slugs of entry points, or "desk", each with its name for the reader."""
    entries = [entry for entry in directory.entry_points if entry.country == report.country]
    language = page_language()
    offered = [(entry.slug, entry.name_in(language)) for entry in entries if entry.slug != report.entry_point]
    if report.entry_point is not None:
        desk = directory.partner(directory.country(report.country).desk)
        offered.append((DESK, desk.name))
    return tuple(offered) if report.status in OPEN else ()


def send_on(session: Session, reference: str, form: uuid.UUID, to: str, reason: str) -> None:
    """Say that the report belongs elsewhere; it is moved within seconds. Raises NoSuchReport, Refused."""
    report = acts.lock(session, reference)
    if acts.is_done(session, report, form):
        return
    reason = acts.words("send_reason", reason, acts.LONGEST_REASON)
    if to not in dict(places_for(report, current_directory())):
        raise acts.Refused("place", _("Choose where it should go."))
    if not reason:
        raise acts.Refused("send_reason", _("Say why, for those who get it."))
    said = record(session, report, SENT_ON, to=to, source=report.entry_point, reason=reason, form=str(form))
    session.flush()
    put(session, Job(move, {"event": said.id}))


@jobs.task(name="inbox.move")
def move(event: int) -> None:
    """Do what this line of a timeline says. Doing so twice changes nothing.

    What is sensitive stays so, and is for the leads of its new place: those whom the old one named read no more.
    """
    with transaction() as session:
        said = session.get_one(Event, event)
        locked = select(Report).where(Report.id == said.report_id).with_for_update()
        report = session.scalars(locked.execution_options(populate_existing=True)).one()
        if _is_moved(session, report, event):
            return
        for one in (report, *merged_into(session, report)):
            hand_over(session, one)
            _move(one, said.detail["to"], current_directory())
            record(session, one, MOVED, partner=one.partner, flags=one.flags, by_event=event)
        put(session, Job(GATHER, {"report": str(report.id)}))


def hand_over(session: Session, report: Report) -> None:
    """Before a report gets another partner: nobody works on it yet; what is sensitive is for the leads there."""
    report.assigned_to = None
    if is_sensitive(report):
        seal(session, report)
        seal_sent(session, report)
        forget_readers(session, report)


def flags_after(report: Report, way: Route) -> list[str]:
    """Its flags once it has gone this way: what routing said before is gone."""
    return [*way.flags, *(flag for flag in report.flags if flag not in BY_ROUTING)]


def _is_moved(session: Session, report: Report, event: int) -> bool:
    same = select(Event.id).where(
        Event.report_id == report.id, Event.kind == MOVED, Event.detail["by_event"].as_integer() >= event
    )
    return session.scalars(same.limit(1)).one_or_none() is not None


def _move(report: Report, to: str, directory: Directory) -> None:
    """The type of problem was one of the old entry point's; its kind stays known."""
    sector = OTHER if to == DESK else to.partition("-")[2]
    way = route(directory, report.country, sector, report.area, datetime.now(UTC).date())
    report.flags = flags_after(report, way)
    report.sector, report.entry_point, report.partner = sector, way.entry_point, way.partner
    report.problem_type, report.why = None, AFTER_SENDING + way.why
