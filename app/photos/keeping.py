"""Keeping photos with their message, showing them, and letting them go with the words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Literal

from flask import current_app
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session, defer

from app.photos.models import Photo, WaitingPhoto
from app.photos.pictures import Picture
from app.reports.models import IncomingMessage, Report
from app.reports.timeline import record
from app.vault import Vault

MOST_PHOTOS = 3
"""For each report."""

ADDED, REFUSED = "photo_added", "photo_refused"
"""The events."""

Size = Literal["full", "small"]


def keep(session: Session, message_id: uuid.UUID, pictures: Iterable[Picture]) -> None:
    """Store these with the message that they came with. Filing tells the timeline of them."""
    for picture in pictures:
        session.add(sealed(uuid.uuid4(), message_id, picture))


def sealed(photo_id: uuid.UUID, message_id: uuid.UUID, picture: Picture) -> Photo:
    """The row of this picture."""
    vault = _vault()
    return Photo(
        id=photo_id,
        message_id=message_id,
        full=vault.seal_bytes(picture.full, _place("full", photo_id)),
        small=vault.seal_bytes(picture.small, _place("small", photo_id)),
        width=picture.width,
        height=picture.height,
    )


def tell_timeline(session: Session, report: Report) -> None:
    """Note each photo that was here before its report was; call it in the transaction that files."""
    photos = select(Photo.id).join(Photo.message).where(IncomingMessage.report_id == report.id)
    for photo_id in session.scalars(photos.order_by(Photo.at)).all():
        record(session, report, ADDED, photo=str(photo_id))


def photos_of(session: Session, report: Report) -> tuple[Photo, ...]:
    """The photos of this report that the viewer may see, oldest first, without what is in them.

    Nothing is asked where no message says that something came along.
    """
    if not any(message.media for message in report.messages):
        return ()
    mine = select(Photo).join(Photo.message).where(IncomingMessage.report_id == report.id)
    light = mine.options(defer(Photo.full), defer(Photo.small))
    return tuple(session.scalars(light.order_by(Photo.at, Photo.id)))


def opened(session: Session, reference: str, photo_id: uuid.UUID, size: Size) -> bytes | None:
    """A photo of the report with this reference, as JPEG; None if the viewer may not see it, or there is none."""
    found = select(getattr(Photo, size)).join(Photo.message).join(IncomingMessage.report)
    one = session.scalars(found.where(Photo.id == photo_id, Report.reference == reference)).one_or_none()
    return _vault().open_bytes(one, _place(size, photo_id)) if one is not None else None


def forget_photos(session: Session, of_messages: ColumnElement[bool]) -> None:
    """Delete the photos of these messages. Those that wait at a provider are never fetched, only deleted there."""
    messages = select(IncomingMessage.id).where(of_messages).scalar_subquery()
    session.execute(delete(Photo).where(Photo.message_id.in_(messages)))
    session.execute(update(WaitingPhoto).where(WaitingPhoto.message_id.in_(messages)).values(is_wanted=False))


def how_many(session: Session, message: IncomingMessage) -> int:
    """The photos of the message's report so far; before that is filed, those of all its sender said since."""
    said_together = IncomingMessage.id == message.id
    if message.report_id is not None:
        said_together = IncomingMessage.report_id == message.report_id
    elif message.contact_id is not None:
        said_together = (IncomingMessage.contact_id == message.contact_id) & IncomingMessage.report_id.is_(None)
    counted = select(func.count(Photo.id)).join(Photo.message).where(said_together)
    return session.scalars(counted).one()


def _place(size: Size, photo_id: uuid.UUID) -> str:
    return f"photo/{size}/{photo_id}"


def _vault() -> Vault:
    return current_app.extensions["vault"]
