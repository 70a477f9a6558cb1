"""Letters on their way, and what became of them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, DateTime, Index, LargeBinary, false, true
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.viewer import Viewer

POSTS_FOR_ALL = frozenset({"sign_in", "worker", "command", "migration"})


class OutgoingLetter(Base):
    """`content` holds address, subject and words, sealed, and is emptied at the letter's end: links in it open
    accounts. `by_account` is the person who caused it, if any; `state` is `ready attempting doubtful` or an end.
    """

    __tablename__ = "outgoing_letter"
    __table_args__ = (Index(None, "state", "changed_at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    key: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    by_account: Mapped[int | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(default="ready")
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in POSTS_FOR_ALL:
            return true()
        return cls.by_account == viewer.account_id if viewer.is_person and viewer.account_id else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in POSTS_FOR_ALL or (viewer.is_person and self.by_account == viewer.account_id)
