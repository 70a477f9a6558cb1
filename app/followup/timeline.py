"""Every act on a case, in the order it happened, and each form counted once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.followup.models import Case, CaseEvent
from app.followup.refusals import NoSuchCase
from app.reports.timeline import by
from app.viewer import current_viewer


def record(session: Session, case: Case, kind: str, **detail: Any) -> CaseEvent:
    """Add one line to the timeline, by the current viewer. `detail` never holds a contact."""
    viewer = current_viewer()
    event = CaseEvent(
        case=case, case_id=case.id, kind=kind, by=by(viewer), account_id=viewer.account_id, detail=detail
    )
    session.add(event)
    case.changed_at = datetime.now(UTC)
    return event


def lock(session: Session, number: int) -> Case:
    """The case, locked so that acts on it happen one after the other. Raises NoSuchCase."""
    case = session.scalars(select(Case).where(Case.id == number).with_for_update()).one_or_none()
    if case is None or not case.may_be_written_by(current_viewer()):
        raise NoSuchCase(number)
    return case


def is_done(session: Session, case: Case, form: uuid.UUID) -> bool:
    """Whether the form with this number was taken in before: it was sent twice."""
    return has_happened(session, case, "form", str(form))


def has_happened(session: Session, case: Case, name: str, value: str) -> bool:
    """Whether the timeline has an event with this detail."""
    same = select(CaseEvent.id).where(CaseEvent.case_id == case.id, CaseEvent.detail[name].astext == value)
    return session.scalars(same.limit(1)).one_or_none() is not None
