"""Where somebody stands in the USSD menu."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, ForeignKey, Index, false, func, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.reports.models import HANDLES_CONTACTS
from app.viewer import Viewer


class MenuSession(Base):
    """One dialling. `said` is the newest request's path, `screen` the answer that a repeat of it gets again.

    `unfinished`: a report was begun, and neither filed nor given up: it can be taken up again. `outcome` is what
    the provider said at the end. A provider that uses an id again begins this row anew.
    """

    __tablename__ = "menu_session"
    __table_args__ = (
        Index("ix_menu_session_resume", "contact_id", "channel", postgresql_where="unfinished"),
        Index("ix_menu_session_left", "changed_at", postgresql_where="unfinished"),
        Index("ix_menu_session_changed_at", "changed_at"),
    )
    channel: Mapped[str] = mapped_column(ForeignKey("channel.slug"), primary_key=True)
    session_id: Mapped[str] = mapped_column(primary_key=True)
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact.id"))
    language: Mapped[str | None]
    step: Mapped[str]
    page: Mapped[int]
    draft: Mapped[dict[str, Any]] = mapped_column(JSONB)
    said: Mapped[str]
    request_id: Mapped[str | None]
    screen: Mapped[str]
    ended: Mapped[bool]
    unfinished: Mapped[bool]
    outcome: Mapped[str | None]
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in HANDLES_CONTACTS else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS
