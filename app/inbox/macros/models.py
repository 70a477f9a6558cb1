"""Macros, each of one partner or desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, ForeignKey, String, false, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.inbox.models import AT_WORK, place_of
from app.reports.models import NOW
from app.viewer import Viewer

MAKERS = frozenset({"partner_lead", "desk"})


class Macro(Base):
    """`place` is the partner or desk (a slug of the directory) where everybody may run it; `steps` are what it
    does, as `app.inbox.steps` has them; `account_id` is who wrote it last."""

    __tablename__ = "macro"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    place: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    steps: Mapped[dict[str, Any]] = mapped_column(JSONB)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in AT_WORK:
            return true()
        return cls.place == place_of(viewer) if viewer.triages else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in AT_WORK or (viewer.kind in MAKERS and self.place == place_of(viewer))
