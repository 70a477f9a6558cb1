"""The log of what left the inbox as a file."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, DateTime, ForeignKey, Index, and_, false, or_, true
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.reports.models import NOW
from app.viewer import Viewer

AT_WORK = frozenset({"worker", "command", "migration"})
OVERSEES = frozenset({"partner_lead", "desk"})
"""Who sees what their colleagues took out, and may take out more than codes themselves."""


class Export(Base):
    """One file: who ordered it, of which filters, why, and how many reports were handed out so far.

    `place` is the partner or desk at which they worked. `finished_at` is empty for what broke off, or was never
    fetched.
    """

    __tablename__ = "export"
    __table_args__ = (Index("ix_export_place", "place", "at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    place: Mapped[str]
    by: Mapped[str]
    query: Mapped[str]
    kind: Mapped[str]
    with_words: Mapped[bool]
    with_contacts: Mapped[bool] = mapped_column(server_default=false())
    reason: Mapped[str]
    rows: Mapped[int] = mapped_column(server_default="0")
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in AT_WORK:
            return true()
        if not viewer.triages:
            return false()
        here = and_(cls.place == place_of(viewer), viewer.kind in OVERSEES)
        return or_(cls.account_id == viewer.account_id, here)

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in AT_WORK or (viewer.triages and self.account_id == viewer.account_id)


def place_of(viewer: Viewer) -> str:
    """The partner or desk at which somebody works, as the directory calls it."""
    return f"{viewer.country}-desk".lower() if viewer.kind == "desk" else viewer.partner or ""
