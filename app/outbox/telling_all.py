"""Word of a change of status, to everybody whose report was merged into the one that changed: in their own
language, about their own reference."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import transaction
from app.outbox.models import OutgoingMessage
from app.outbox.queueing import TELL_ALL, tell_status
from app.queue import jobs
from app.reports.merged import voices
from app.reports.models import Event, Report


@jobs.task(name=TELL_ALL)
def tell_all(report: str, change: int) -> None:
    """Tell them what this line of the report's timeline says. Doing so twice tells nobody twice."""
    with transaction() as session:
        kept, said = session.get(Report, uuid.UUID(report)), session.get(Event, change)
        if kept is None or said is None:
            return
        for one in voices(session, kept):
            if not is_told(session, one, said):
                tell_status(session, one, said.detail["new"], str(said.id))


def is_told(session: Session, report: Report, said: Event) -> bool:
    """Whether word of this change has been queued for the report's person."""
    same = select(OutgoingMessage.id).where(OutgoingMessage.key == f"update:{report.id}:{said.id}")
    return session.scalars(same).one_or_none() is not None
