"""The log of numbers that were shown to people, and how one is opened: by a row of it that is a minute old at most.

No person ever sees a contact's row. Somebody who has the right writes down whose number they want and why; that
line is what lets the named viewer `reveal` see one contact, once. Row security asks for the same line.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, DateTime, ForeignKey, Index, String, and_, false, or_, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, transaction
from app.reports.contacts import number_of
from app.reports.models import NOW, Contact, Report
from app.viewer import Viewer, acting_as

AT_WORK = frozenset({"intake", "worker", "command", "migration"})
REVEAL = "reveal"


class ContactReveal(Base):
    """Who had a number shown, when, why, and of which report. Kept.

    `place` is the partner or desk at which they worked. `contact_id` stands here only until the number is opened:
    after that, the line opens nothing and leads to nobody.
    """

    __tablename__ = "contact_reveal"
    __table_args__ = (
        Index("ix_contact_reveal_at", "at", "id"),
        Index("ix_contact_reveal_account", "account_id", "at"),
        Index("ix_contact_reveal_open", "contact_id", postgresql_where="contact_id IS NOT NULL"),
    )
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"))
    reference: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    place: Mapped[str]
    by: Mapped[str]
    why: Mapped[str]
    reason: Mapped[str]
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact.id"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    report: Mapped[Report] = relationship()

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in AT_WORK or viewer.kind == "administrator":
            return true()
        if not viewer.triages and viewer.kind != REVEAL:
            return false()
        here = and_(cls.place == _place_of(viewer), viewer.kind in ("partner_lead", "desk"))
        return or_(cls.account_id == viewer.account_id, here)

    def may_be_written_by(self, viewer: Viewer) -> bool:
        if viewer.kind in AT_WORK:
            return True
        return (viewer.triages or viewer.kind == REVEAL) and self.account_id == viewer.account_id


def open_number(reveal: int, account_id: int) -> str | None:
    """The E.164 number for which this line was written a moment ago by this account, once. None where there is no
    such line or number any more. Only to be shown to who wrote the line: never log it, never keep it."""
    with acting_as(Viewer(REVEAL, account_id=account_id)), transaction() as session:
        line = session.get(ContactReveal, reveal, with_for_update=True)
        contact = session.get(Contact, line.contact_id) if line and line.contact_id else None
        if line is None or contact is None or not contact.number_sealed:
            return None
        line.contact_id = None
        return number_of(contact)


def _place_of(viewer: Viewer) -> str | None:
    return f"{viewer.country}-desk".lower() if viewer.kind == "desk" else viewer.partner
