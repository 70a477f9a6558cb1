"""Putting a letter on its way: the row and its job, in the transaction of what caused it."""

from __future__ import annotations

import json
import uuid

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.mail.delivery import place_of, send
from app.mail.letter import Letter
from app.mail.models import OutgoingLetter
from app.queue import Job, put
from app.viewer import current_viewer


def post(session: Session, letter: Letter, cause: str | None = None) -> None:
    """Queue this letter, to leave when the caller's transaction is committed and not if it is undone.

    `cause` (an id, never an address) makes it unique within its purpose: posting it again does nothing.
    """
    number = uuid.uuid4()
    key = f"{letter.purpose}:{cause or number}"
    if cause and session.scalar(select(OutgoingLetter.id).where(OutgoingLetter.key == key)):
        return
    words = json.dumps({"to": letter.to, "subject": letter.subject, "body": letter.body})
    row = OutgoingLetter(
        id=number,
        key=key,
        purpose=letter.purpose,
        by_account=current_viewer().account_id,
        content=current_app.extensions["vault"].seal(words, place_of(number)),
    )
    session.add(row)
    session.flush()
    send_later(session, row)


def send_later(session: Session, letter: OutgoingLetter) -> None:
    """Queue the sending of a stored letter. Doing so twice sends nothing twice: sending looks at its state."""
    put(session, Job(send, {"letter": str(letter.id)}, lock=f"letter:{letter.id}"))
