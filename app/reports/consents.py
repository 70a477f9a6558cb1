"""What people agreed to, apart from having reported: each purpose by itself, in versions, and revocable.

A ledger: acts are added and never changed, and the newest decides. Filing a report needs none of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, ColumnElement, DateTime, ForeignKey, Index, false, func, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.database import Base
from app.reports.models import HANDLES_CONTACTS
from app.viewer import Viewer

Purpose = Literal["contact_again", "answers_as_text", "share_words", "publish"]
Act = Literal["asked", "given", "refused", "withdrawn"]

VERSIONS: dict[Purpose, int] = {"contact_again": 1, "answers_as_text": 1, "share_words": 1, "publish": 1}
"""Of the words in which each is asked. A consent to older words does not cover newer ones: raise the number when
the meaning changes, and people are asked again."""


class Consent(Base):
    """One act of one person about one purpose. `channel` is where they were asked or said so."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_newest", "contact_id", "purpose", "id"),)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    contact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    version: Mapped[int]
    act: Mapped[str]
    channel: Mapped[str] = mapped_column(ForeignKey("channel.slug"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in HANDLES_CONTACTS else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS


def note(session: Session, contact_id: uuid.UUID, purpose: Purpose, act: Act, channel: str) -> Consent:
    """Write down an act, in the version that is asked today."""
    row = Consent(contact_id=contact_id, purpose=purpose, version=VERSIONS[purpose], act=act, channel=channel)
    session.add(row)
    session.flush()
    return row


def newest(session: Session, contact_id: uuid.UUID, purpose: Purpose) -> Consent | None:
    """The newest act about today's version, None where there was none."""
    mine = _today(purpose).where(Consent.contact_id == contact_id)
    return session.scalars(mine.order_by(Consent.id.desc()).limit(1)).one_or_none()


def newest_of_each(session: Session, contact_id: uuid.UUID) -> dict[str, Consent]:
    """By purpose, the newest act about its version of today."""
    every = (
        select(Consent).where(Consent.contact_id == contact_id).ext(distinct_on(Consent.purpose, Consent.version))
    )
    rows = session.scalars(every.order_by(Consent.purpose, Consent.version, Consent.id.desc()))
    return {row.purpose: row for row in rows if row.version == VERSIONS.get(row.purpose)}  # type: ignore[call-overload]


def who_agreed(session: Session, contacts: Collection[uuid.UUID], purpose: Purpose) -> frozenset[uuid.UUID]:
    """Those of these people who have agreed to today's version and have not taken it back."""
    last = _today(purpose).where(Consent.contact_id.in_(contacts)).ext(distinct_on(Consent.contact_id))
    rows = session.scalars(last.order_by(Consent.contact_id, Consent.id.desc()))
    return frozenset(row.contact_id for row in rows if row.act == "given")


def _today(purpose: Purpose):
    return select(Consent).where(Consent.purpose == purpose, Consent.version == VERSIONS[purpose])
