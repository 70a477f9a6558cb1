"""Tokens by which a partner's programs are known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, DateTime, ForeignKey, LargeBinary, String, false, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.reports.models import NOW
from app.viewer import Viewer

KEEPS = frozenset({"sign_in", "command", "migration"})


class ApiToken(Base):
    """One token. Only its SHA-256 is stored. `counted` are its requests of the minute from `counted_from` on.

    Leads of the partner see and revoke what any of them made; `by` is who made it.
    """

    __tablename__ = "api_token"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    partner: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String))
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    counted: Mapped[int] = mapped_column(server_default="0")
    counted_from: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in KEEPS:
            return true()
        is_lead = viewer.kind == "partner_lead" and viewer.partner is not None
        return cls.partner == viewer.partner if is_lead else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        is_lead = viewer.kind == "partner_lead" and viewer.partner is not None
        return viewer.kind in KEEPS or (is_lead and self.partner == viewer.partner)
