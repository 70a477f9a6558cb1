"""Correcting where a report is from: another area of its country, by list or on a picture, with a reason.

The area changes at once. Which partner of the entry point has it from then on is the worker's to say, as no person
may write what is another's: one line on the timeline and a job, in one transaction. When it is due stays as it was.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import transaction
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.directory.routing import OUTSIDE_FOCUS, Route, route
from app.directory.tiles import rows_of
from app.inbox import acts
from app.inbox.naming import name_of_area
from app.inbox.sending_on import GATHER, flags_after, hand_over
from app.inbox.whys import AFTER_CORRECTING
from app.queue import Job, jobs, put
from app.reports.lifecycle import OPEN
from app.reports.merged import merged_into
from app.reports.models import Report
from app.reports.timeline import record

CORRECTED, REROUTED = "place_corrected", "rerouted"
"""The events."""


def areas_for(report: Report, directory: Directory) -> tuple[tuple[str, str], ...]:
    """The areas of its country with their names, by name; none for a report that has come to its end."""
    if report.status not in OPEN:
        return ()
    named = ((area.code, str(name_of_area(area.code, directory))) for area in directory.areas_of(report.country))
    return tuple(sorted(named, key=lambda one: one[1].casefold()))


Picture = tuple[tuple[tuple[str, str] | None, ...], ...]
"""Lines of squares: code and name of the area; None where no area stands."""


def picture_of(country: str, areas: tuple[tuple[str, str], ...]) -> Picture:
    """Squares for these areas of a country, each about where it lies; none for a country that nobody has drawn."""
    squares = {code: (code, name) for code, name in areas}
    rows = rows_of(country) if squares else ()
    return tuple(tuple(squares.get(tile.code) if tile else None for tile in row) for row in rows)


def chosen(listed: str, pointed: str, was: str) -> str:
    """The area that was chosen, in the list or on the picture; there the one from before stands chosen already.

    Nothing where neither names another. Raises Refused where they name two.
    """
    named = {listed, pointed} - {"", was}
    if len(named) > 1:
        raise acts.Refused("area", _("The list and the picture say different areas. Choose the same in both."))
    return named.pop() if named else ""


def correct(session: Session, reference: str, form: uuid.UUID, was: str, to: str, reason: str) -> None:
    """Have the report be from this area. `was` is the one that the form showed.

    Raises NoSuchReport, Stale, Refused.
    """
    report = acts.lock(session, reference)
    if acts.is_done(session, report, form):
        return
    reason = acts.words("area_reason", reason, acts.LONGEST_REASON)
    if (report.area or "") != was:
        raise acts.Stale("area", _("Somebody corrected the place while you had it open. Look at it again first."))
    if to == report.area or to not in dict(areas_for(report, current_directory())):
        raise acts.Refused("area", _("Choose the area that it is from, another than before."))
    if not reason:
        raise acts.Refused("area_reason", _("Say how you know."))
    record(session, report, CORRECTED, old=report.area, new=to, reason=reason, form=str(form))
    report.area = to
    session.flush()
    put(session, Job(reroute, {"report": str(report.id)}))


@jobs.task(name="inbox.reroute")
def reroute(report: str) -> None:
    """Have the partner of its entry point who works where it is from take it, and with it those merged into it.

    Doing so twice changes nothing. One that has gone elsewhere meanwhile was routed by its area there.
    """
    with transaction() as session:
        locked = select(Report).where(Report.id == uuid.UUID(report)).with_for_update()
        found = session.scalars(locked.execution_options(populate_existing=True)).one()
        way = _way_of(found, current_directory())
        if way.entry_point == found.entry_point:
            for one in (found, *merged_into(session, found)):
                _follow(session, one, way)
        put(session, Job(GATHER, {"report": report}))


def _way_of(report: Report, directory: Directory) -> Route:
    is_beyond = OUTSIDE_FOCUS in report.flags
    return route(directory, report.country, report.sector, report.area, datetime.now(UTC).date(), is_beyond)


def _follow(session: Session, report: Report, way: Route) -> None:
    is_new_partner, before = report.partner != way.partner, list(report.flags)
    if is_new_partner:
        hand_over(session, report)
    report.flags, report.partner, report.why = flags_after(report, way), way.partner, AFTER_CORRECTING + way.why
    if is_new_partner or report.flags != before:
        record(session, report, REROUTED, partner=report.partner, flags=report.flags)
