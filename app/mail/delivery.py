"""Sending one letter: claim it, speak to the mail server with no transaction open, settle what came of it.

SMTP has no receipts. A letter whose sending was cut off after the words had gone (a crash, a lost connection) is
sent once more, under the same Message-ID, and never a third time: at most two copies, and mail programs show one.
"""

from __future__ import annotations

import json
import logging
import uuid
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import transaction
from app.mail.carrier import Outcome, Parcel, Refused, Sent, TryAgain, Unknown
from app.mail.letter import Letter
from app.mail.models import OutgoingLetter
from app.queue import Patience, TryLater, jobs

log = logging.getLogger("app.mail")

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=2)
MOST_ATTEMPTS = 16
"""Half a minute doubled up to two hours: about a day of trying."""

MOST_DOUBTS = 1
"""A letter in doubt is sent once more; in doubt again, it is left."""

WAITING = ("ready", "attempting", "doubtful")


@jobs.task(name="mail.send", queue="mail", retry=Patience())
def send(letter: str) -> None:
    """Send the letter with this id, unless that has been done. Raises TryLater to be run again."""
    letter_id = uuid.UUID(letter)
    parcel = _claim(letter_id)
    if parcel is None:
        return
    outcome = current_app.extensions["mail"].carry(parcel)
    with transaction() as session:
        row = _locked(session, letter_id)
        wait = _record(row, outcome)
        log.info("letter %s of %s is %s", row.id, row.purpose, row.state)
    if wait is not None:
        raise TryLater(wait)


def place_of(letter_id: uuid.UUID) -> str:
    """For which place in the database a letter's content is sealed."""
    return f"outgoing_letter/content/{letter_id}"


def _claim(letter_id: uuid.UUID) -> Parcel | None:
    """Mark the letter as being sent; that is committed before the server hears of it."""
    with transaction() as session:
        row = _locked(session, letter_id)
        if row.state == "attempting":
            _move(row, "doubtful", "the worker stopped while sending")
        if row.state not in WAITING or row.content is None:
            return None
        if row.doubts > MOST_DOUBTS:
            _end(row, "unsettled", row.error)
            return None
        parcel = Parcel(row.id, _opened(row.id, row.content, row.purpose), row.created_at)
        row.attempts += 1
        _move(row, "attempting", row.error)
        return parcel


def _opened(letter_id: uuid.UUID, content: bytes, purpose: str) -> Letter:
    words = json.loads(current_app.extensions["vault"].open(content, place_of(letter_id)))
    return Letter(purpose=purpose, **words)


def _record(row: OutgoingLetter, outcome: Outcome) -> timedelta | None:
    """Write down what the server said; returns how long to wait where the job is to be run again."""
    match outcome:
        case Sent():
            _end(row, "sent", None)
        case Refused(code=code):
            _end(row, "refused", code)
        case TryAgain(code=code):
            return _put_back(row, code)
        case Unknown(reason=reason):
            _move(row, "doubtful", reason)
            return FIRST_WAIT
    return None


def _put_back(row: OutgoingLetter, code: str) -> timedelta | None:
    if row.attempts >= MOST_ATTEMPTS:
        _end(row, "dead", code)
        return None
    _move(row, "ready", code)
    return min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)


def _end(row: OutgoingLetter, state: str, error: str | None) -> None:
    """Nothing more will be done: its words and its address are not kept."""
    _move(row, state, error)
    row.content = None


def _move(row: OutgoingLetter, state: str, error: str | None) -> None:
    row.doubts += state == "doubtful"
    row.state, row.error, row.changed_at = state, error, datetime.now(UTC)


def _locked(session: Session, letter_id: uuid.UUID) -> OutgoingLetter:
    return session.scalars(select(OutgoingLetter).where(OutgoingLetter.id == letter_id).with_for_update()).one()
