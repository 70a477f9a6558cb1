"""Who has a report open, and what somebody has begun to write."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.inbox.models import OfAccount
from app.reports.models import NOW, OfReport, Report


class Presence(OfReport):
    """Somebody has this report open, and said so last at `seen_at`; `is_answering`: they have begun a reply.

    `name` is what timelines call them, so that the other partner of an entry point sees who it is too.
    """

    __tablename__ = "report_presence"
    __table_args__ = (Index(None, "seen_at"),)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str]
    is_answering: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    report: Mapped[Report] = relationship()


class Draft(OfAccount):
    """A reply or a note that is not finished (`kind`), sealed: it may hold what a person told in confidence."""

    __tablename__ = "report_draft"
    __table_args__ = (Index(None, "changed_at"),)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
