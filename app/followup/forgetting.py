"""Somebody had everything erased: they are not asked any more, and what they answered is nobody's."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import select

from app.database import transaction
from app.followup.models import FixQuestion
from app.followup.settling import close_reports
from app.queue import jobs

WHY = "the person can no longer be asked"


@jobs.task(name="followup.forget_person")
def forget_person(contact: str) -> None:
    """Cut the links from questions to this person; an open one is given up. Safe to repeat."""
    theirs = select(FixQuestion).where(FixQuestion.contact_id == uuid.UUID(contact)).with_for_update()
    with transaction() as session:
        for question in session.scalars(theirs).all():
            question.contact_id = None
            if question.closed_at is None:
                question.closed_at = datetime.now(UTC)
                close_reports(session, question, "unconfirmed", WHY)
