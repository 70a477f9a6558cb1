"""What somebody had done to many reports at once, and what became of each of them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.inbox.models import OfAccount


class BulkAct(OfAccount):
    """`id` is the number of the form, so that it counts once. `state` is `running`, then `done`, or `undoing` and
    then `undone`; `stopped` where who asked for it may not act any more. `partner`: none at a desk."""

    __tablename__ = "bulk_act"
    __table_args__ = (Index(None, "account_id", "asked_at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    partner: Mapped[str | None] = mapped_column(ForeignKey("directory_partner.slug"))
    steps: Mapped[dict[str, Any]] = mapped_column(JSONB)
    total: Mapped[int]
    state: Mapped[str] = mapped_column(default="running")
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class BulkItem(OfAccount):
    """One of its reports. `state` is `waiting`, then `done` or `left`; after undoing `undone` or `kept`. `why` says
    why it was left or kept, `seen` how it stood when it was chosen, `change` what was changed: old and new.

    `event_id` is the line that says that its status changed; `told`: the person has been sent what is due.
    """

    __tablename__ = "bulk_item"
    __table_args__ = (Index(None, "bulk_id", "state", "place"),)
    bulk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bulk_act.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"))
    reference: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    why: Mapped[str] = mapped_column(default="")
    seen: Mapped[dict[str, Any]] = mapped_column(JSONB)
    change: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    event_id: Mapped[int | None] = mapped_column(BigInteger)
    told: Mapped[bool] = mapped_column(default=False)
