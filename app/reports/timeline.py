"""Every act on a report, in the order it happened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.reports.models import Event, Report
from app.viewer import Viewer, current_viewer

BY_STAFF = ("note", "status", "assigned", "moved", "rerouted", "answered", "escalated")
BY_THE_PERSON = ("wrote_more", "photo_added", "call_asked", "call_time")
TOLD = frozenset((*BY_STAFF, *BY_THE_PERSON))
"""The kinds of events of which those whom they concern are told."""


def record(session: Session, report: Report, kind: str, **detail: Any) -> Event:
    """Add one line to the timeline, by the current viewer. `detail` never holds a contact.

    What a person at a partner or desk does counts as touching the report; what the product does by itself does not.
    """
    viewer = current_viewer()
    if viewer.is_person:
        report.touched_at = datetime.now(UTC)
    event = Event(
        report=report,
        report_id=report.id,
        kind=kind,
        by=by(viewer),
        account_id=viewer.account_id,
        detail=detail,
        fresh=kind in TOLD,
    )
    session.add(event)
    return event


def by(viewer: Viewer) -> str:
    """How a viewer is named on a timeline: people by partner or desk and name, work by its kind."""
    if not viewer.is_person:
        return viewer.kind
    place = viewer.partner or (f"{viewer.country}-desk".lower() if viewer.country else viewer.kind)
    return f"{place}: {viewer.name}"
