"""Addresses that are to be told, and what was sent to each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.reports.models import NOW
from app.viewer import Viewer

AT_WORK = frozenset({"worker", "command", "migration"})
MOMENT = DateTime(timezone=True)


class OfLeads(Base):
    """A row that the leads of its partner see and write, and the worker."""

    __abstract__ = True
    partner: Any

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in AT_WORK:
            return true()
        is_lead = viewer.kind == "partner_lead" and viewer.partner is not None
        return cls.partner == viewer.partner if is_lead else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        is_lead = viewer.kind == "partner_lead" and viewer.partner is not None
        return viewer.kind in AT_WORK or (is_lead and self.partner == viewer.partner)


class Hook(OfLeads):
    """One address. Both secrets are sealed; the old one signs too until `old_until`.

    Everything until `seen_until` has been looked through for it. `failing_since` is the first failure after the
    last success; `account_id` is who is told when it is switched off.
    """

    __tablename__ = "hook"
    id: Mapped[int] = mapped_column(primary_key=True)
    partner: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    url: Mapped[str]
    events: Mapped[list[str]] = mapped_column(ARRAY(String))
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    old_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    old_until: Mapped[datetime | None] = mapped_column(MOMENT)
    at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)
    seen_until: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)
    failing_since: Mapped[datetime | None] = mapped_column(MOMENT)
    disabled_at: Mapped[datetime | None] = mapped_column(MOMENT)


class HookDelivery(OfLeads):
    """One event for one address, once: `cause` names it. `state` is `ready`, then `done` or `failed`."""

    __tablename__ = "hook_delivery"
    __table_args__ = (UniqueConstraint("hook_id", "cause"), Index("ix_hook_delivery_newest", "hook_id", "id"))
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    hook_id: Mapped[int] = mapped_column(ForeignKey("hook.id", ondelete="CASCADE"))
    partner: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"))
    cause: Mapped[str]
    event: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(server_default="ready")
    attempts: Mapped[int] = mapped_column(server_default="0")
    answer: Mapped[str] = mapped_column(server_default="")
    at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)
    tried_at: Mapped[datetime | None] = mapped_column(MOMENT)
