"""Somebody had everything erased: the gaps go on counting one person, and nobody can tell which."""

from __future__ import annotations

import uuid

from sqlalchemy import update

from app.database import transaction
from app.gaps.models import Member
from app.queue import jobs


@jobs.task(name="gaps.forget_person")
def forget_person(contact: str) -> None:
    """Put a number that leads nowhere in place of this person's. Safe to repeat."""
    theirs = update(Member).where(Member.contact_id == uuid.UUID(contact))
    with transaction() as session:
        session.execute(theirs.values(contact_id=uuid.uuid4()))
