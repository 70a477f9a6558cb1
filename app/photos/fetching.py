"""Fetching the photos that wait at a provider: by the worker, never in the request that told of them.

Each photo has a row and a job of its own. No transaction is open while the provider is asked or a picture decoded.
The photo is stored under the number of its row, so a job that is run again stores nothing twice; then it is deleted
at the provider, and last its row. What a crash interrupts goes on where it stood.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy.orm import Session

from app.database import transaction
from app.directory.current import channel_named
from app.photos.keeping import ADDED, MOST_PHOTOS, REFUSED, how_many, sealed
from app.photos.models import WaitingPhoto
from app.photos.pictures import MOST_BYTES, NotAPhoto, Picture, TooBig, read_picture
from app.queue import Job, Patience, TryLater, jobs, put
from app.reports.models import Contact, IncomingMessage, Report
from app.reports.timeline import record
from sms.media import Fetched, Gone, MediaStore
from sms.message import Media, TryAgain

log = logging.getLogger("app.photos")

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=2)
MOST_TRIES = 20
"""Fifteen seconds doubled up to two hours: about a day. Then it is given up."""


@dataclass(frozen=True)
class Waiting:
    """A photo at its provider, detached from the database. `store` None: nobody keeps it for us."""

    url: str
    is_wanted: bool
    tries: int
    store: MediaStore | None


Found = Picture | Gone | TryAgain


def expect(session: Session, message_id: uuid.UUID, media: Iterable[Media]) -> None:
    """Have these fetched once the transaction is committed. What says that it is no picture is left where it is."""
    pictures = [one for one in media if one.content_type.lower().startswith("image/")]
    rows = [_row(message_id, one, position < MOST_PHOTOS) for position, one in enumerate(pictures)]
    session.add_all(rows)
    session.flush()
    fetch_later(session, *(row.id for row in rows))


def fetch_later(session: Session, *photo_ids: uuid.UUID) -> None:
    """Queue the jobs of these."""
    put(session, *(Job(fetch, {"photo": str(photo_id)}) for photo_id in photo_ids))


def _row(message_id: uuid.UUID, media: Media, is_wanted: bool) -> WaitingPhoto:
    photo_id = uuid.uuid4()
    url = current_app.extensions["vault"].seal(media.url, _place(photo_id))
    return WaitingPhoto(id=photo_id, message_id=message_id, url_sealed=url, is_wanted=is_wanted)


@jobs.task(name="photos.fetch", queue="photos", retry=Patience())
def fetch(photo: str) -> None:
    """Fetch, store and delete at the provider the photo with this id. Raises TryLater to be run again."""
    photo_id = uuid.UUID(photo)
    waiting = _claim(photo_id)
    if waiting is None:
        return
    if waiting.is_wanted:
        _settle(photo_id, _found(waiting))
    _finish(photo_id, waiting.store.remove(waiting.url) if waiting.store else None)


def _claim(photo_id: uuid.UUID) -> Waiting | None:
    """Counted before it is looked at: a picture that kills the worker must not do so for ever."""
    with transaction() as session:
        row = _locked(session, photo_id)
        if row is None:
            return None
        row.tries += 1
        channel = channel_named(session.get_one(IncomingMessage, row.message_id).channel)
        url = current_app.extensions["vault"].open(row.url_sealed, _place(photo_id))
        return Waiting(url, row.is_wanted, row.tries, current_app.extensions["providers"].media_of(channel))


def _found(waiting: Waiting) -> Found:
    if waiting.tries > MOST_TRIES:
        return Gone("given up")
    result = waiting.store.fetch(waiting.url, MOST_BYTES) if waiting.store else Gone("no account is set")
    if not isinstance(result, Fetched):
        return result
    try:
        return read_picture(result.content)
    except TooBig:
        return Gone("too big")
    except NotAPhoto:
        return Gone("no photo")


def _settle(photo_id: uuid.UUID, found: Found) -> None:
    """Store it, or note why not. Words that were taken back meanwhile take it along."""
    with transaction() as session:
        message, report = _locked_with_report(session, photo_id)
        row = _locked(session, photo_id)
        if row is None or message is None or not row.is_wanted:
            return
        wait = _wait(row) if isinstance(found, TryAgain) else None
        if wait is None:
            row.is_wanted = False
            kind, detail = _store(session, row, message, found)
            if report is not None:
                record(session, report, kind, **detail)
    if wait is not None:
        raise TryLater(wait)


def _locked_with_report(session: Session, photo_id: uuid.UUID) -> tuple[IncomingMessage | None, Report | None]:
    """The message that the photo came with, and its report if it is filed, in the order in which all others lock.

    The person is locked first: as long as they are, nothing that they said is filed.
    """
    row = session.get(WaitingPhoto, photo_id)
    if row is None:
        return None, None
    message = session.get_one(IncomingMessage, row.message_id)
    if message.contact_id is not None:
        session.get(Contact, message.contact_id, with_for_update={"key_share": True})
        session.refresh(message)
    report = session.get(Report, message.report_id, with_for_update=True) if message.report_id else None
    return message, report


def _store(
    session: Session, row: WaitingPhoto, message: IncomingMessage, found: Found
) -> tuple[str, dict[str, str]]:
    """Returns the event to note, and its detail."""
    if not isinstance(found, Picture):
        return REFUSED, {"why": "not to be had" if isinstance(found, TryAgain) else found.reason}
    if how_many(session, message) >= MOST_PHOTOS:
        return REFUSED, {"why": "too many"}
    session.add(sealed(row.id, message.id, found))
    return ADDED, {"photo": str(row.id)}


def _finish(photo_id: uuid.UUID, failure: TryAgain | None) -> None:
    """Deleted at the provider: the row goes too. Where that fails for a day, somebody has to do it by hand."""
    with transaction() as session:
        row = _locked(session, photo_id)
        wait = _wait(row) if failure and row is not None else None
        if row is not None and wait is None:
            session.delete(row)
    if failure and wait is None:
        log.warning("photo %s could not be deleted at its provider", photo_id)
    if wait is not None:
        raise TryLater(wait)


def _wait(row: WaitingPhoto) -> timedelta | None:
    """How long until the next try; None when there have been enough."""
    return min(FIRST_WAIT * 2 ** (row.tries - 1), LONGEST_WAIT) if row.tries < MOST_TRIES else None


def _locked(session: Session, photo_id: uuid.UUID) -> WaitingPhoto | None:
    return session.get(WaitingPhoto, photo_id, with_for_update=True)


def _place(photo_id: uuid.UUID) -> str:
    return f"waiting_photo/url/{photo_id}"
