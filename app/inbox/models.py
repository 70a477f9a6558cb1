"""What each person's inbox remembers: their views, what they have looked at, and how far they have read."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, DateTime, ForeignKey, String, and_, false, or_, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.reports.models import NOW
from app.viewer import Viewer

AT_WORK = frozenset({"worker", "command", "migration"})
"""What tidies up, or sets a demo up, sees every row."""


class OfAccount(Base):
    """A row that only the person whose account it names sees and writes."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in AT_WORK:
            return true()
        return cls.account_id == viewer.account_id if viewer.triages else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in AT_WORK or (viewer.triages and self.account_id == viewer.account_id)


class Look(OfAccount):
    """When somebody last opened a report."""

    __tablename__ = "report_look"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)


class InboxHabit(OfAccount):
    """How somebody keeps their inbox.

    Everything before `read_until` counts as read, `views` is the order of theirs, `opens_with` the view it opens
    with.
    """

    __tablename__ = "inbox_habit"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    read_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    views: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    opens_with: Mapped[int | None] = mapped_column(ForeignKey("saved_view.id", ondelete="SET NULL"))


class SavedView(Base):
    """A list with a name: `query` holds its filters and order as a URL does.

    `place` is the partner or the desk (a slug of the directory) with which it is shared; without one it is its
    author's alone.
    """

    __tablename__ = "saved_view"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    place: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in AT_WORK:
            return true()
        if not viewer.triages:
            return false()
        return or_(cls.account_id == viewer.account_id, and_(cls.place.is_not(None), cls.place == place_of(viewer)))

    def may_be_written_by(self, viewer: Viewer) -> bool:
        """Its author, and for a shared one the lead of the partner or anybody at the desk."""
        if viewer.kind in AT_WORK:
            return True
        here = self.place is not None and self.place == place_of(viewer)
        is_own = viewer.triages and self.account_id == viewer.account_id
        return (is_own and (self.place is None or here)) or (here and viewer.kind in ("partner_lead", "desk"))


def place_of(viewer: Viewer) -> str | None:
    """The partner or desk at which somebody works."""
    return f"{viewer.country}-desk".lower() if viewer.kind == "desk" else viewer.partner
