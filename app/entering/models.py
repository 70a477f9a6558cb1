"""Sheets of what people told, between being looked through and being taken in."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.inbox.models import OfAccount
from app.reports.models import NOW


class EnteredSheet(OfAccount):
    """One sheet. `rows` are its lines, sealed, and gone once all are taken in; `digest` is of what they say, so
    that the same sheet makes nothing twice. `state` is `preview`, `running` or `done`.
    """

    __tablename__ = "entered_sheet"
    __table_args__ = (Index(None, "account_id", "at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    by: Mapped[str]
    country: Mapped[str] = mapped_column(ForeignKey("directory_country.code"))
    digest: Mapped[str]
    rows: Mapped[bytes | None] = mapped_column(LargeBinary)
    total: Mapped[int]
    done: Mapped[int] = mapped_column(server_default="0")
    state: Mapped[str] = mapped_column(server_default="preview")
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
