"""Photos that came with messages, and those that still wait at a provider."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, DateTime, ForeignKey, LargeBinary, and_, false, func, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.reports.models import HANDLES_CONTACTS, IncomingMessage, Report
from app.reports.sealed import read_by
from app.viewer import Viewer


class Photo(Base):
    """One photo, sealed in two sizes. It belongs to its message, and so to the report that this became.

    Seen by the partner or desk that sees the report, a sensitive one's by its readers, and by nobody else: no
    command, no administrator. Why it is a
    row and not a file: docs/decisions/0007. `width` and `height` are pixels of the full size.
    """

    __tablename__ = "photo"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("incoming_message.id", ondelete="CASCADE"), index=True)
    full: Mapped[bytes] = mapped_column(LargeBinary)
    small: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())

    message: Mapped[IncomingMessage] = relationship()

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in HANDLES_CONTACTS:
            return true()
        if not viewer.triages:
            return false()
        report = and_(Report.visible_to(viewer), read_by(viewer))
        return cls.message.has(IncomingMessage.report.has(report))

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS


class WaitingPhoto(Base):
    """A photo that a provider keeps for us. The row goes when the photo is here and deleted there.

    Not `is_wanted`: it is here, cannot be had, or its person took their words back; only the deleting is left.
    """

    __tablename__ = "waiting_photo"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("incoming_message.id", ondelete="CASCADE"), index=True)
    url_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    is_wanted: Mapped[bool] = mapped_column(server_default="true")
    tries: Mapped[int] = mapped_column(server_default="0")
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    message: Mapped[IncomingMessage] = relationship()

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in HANDLES_CONTACTS else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS
