"""Messages to citizens, and receipts that came before the message they belong to."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, DateTime, ForeignKey, Index, false, func, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.reports.models import OfReport, Report
from app.viewer import Viewer


class OutgoingMessage(OfReport):
    """One message to one person. `key` makes it unique per cause, so a repeated cause sends nothing twice.

    State: ready → attempting → sent → delivered | failed | dead, and unknown when nobody can tell whether the
    provider took it.
    """

    __tablename__ = "outgoing_message"
    __table_args__ = (
        Index("ix_outgoing_message_caps", "contact_id", "purpose", "created_at"),
        Index("ix_outgoing_message_provider", "channel", "provider_message_id"),
        Index(
            "ix_outgoing_message_open",
            "state",
            "changed_at",
            postgresql_where="state IN ('ready', 'attempting', 'unknown')",
        ),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    key: Mapped[str] = mapped_column(unique=True)
    report_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("report.id"), index=True)
    contact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact.id"))
    channel: Mapped[str] = mapped_column(ForeignKey("channel.slug"))
    purpose: Mapped[str]
    language: Mapped[str]
    body: Mapped[str]
    segments: Mapped[int]
    state: Mapped[str] = mapped_column(server_default="ready")
    attempts: Mapped[int] = mapped_column(server_default="0")
    doubts: Mapped[int] = mapped_column(server_default="0")
    provider_message_id: Mapped[str | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    report: Mapped[Report | None] = relationship()


class EarlyReceipt(Base):
    """A receipt for a provider id that we do not know yet: kept until its message is recorded, then used."""

    __tablename__ = "early_receipt"
    __table_args__ = (Index(None, "channel", "provider_message_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(ForeignKey("channel.slug"))
    provider_message_id: Mapped[str]
    status: Mapped[str]
    raw_status: Mapped[str]
    error: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in {"intake", "worker", "migration"} else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in {"intake", "worker", "migration"}
