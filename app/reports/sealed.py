"""The rows of what is kept apart: sealed words, the people who may read them, and who has read them when.

Words of a sensitive report stand in `sealed_text` alone. They are for the leads of the partner that triages it, or
the people of the desk that has it, and for those whom these have named. The very words of a message of which
something was blacked out stand there too, for leads only, whether the report is sensitive or not.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    and_,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.reports.models import HANDLES_CONTACTS, OfReport, Report
from app.viewer import Viewer

MESSAGE, NOTE, ANSWER, OUTGOING, ORIGINAL = "message", "note", "answer", "outgoing", "original"
"""What a sealed text is: words of a citizen, of staff on the timeline, to the citizen, on their way to them as a
message, and a citizen's before something in them was blacked out."""


def leads(report: Report, viewer: Viewer) -> bool:
    """Whether this person may open and name who reads: a lead of the partner that triages the report, or anybody at
    the desk that has it."""
    if viewer.kind == "desk":
        return report.entry_point is None and report.country == viewer.country
    return viewer.kind == "partner_lead" and report.partner == viewer.partner


def led_by(viewer: Viewer) -> ColumnElement[bool]:
    """The same as a condition on reports."""
    if viewer.kind == "desk":
        return and_(Report.entry_point.is_(None), Report.country == viewer.country)
    return Report.partner == viewer.partner if viewer.kind == "partner_lead" else false()


def read_by(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a report's words may be read by this person, as far as they see the report at all."""
    named = select(ReportReader.account_id).where(
        ReportReader.report_id == Report.id, ReportReader.account_id == viewer.account_id
    )
    return or_(Report.sealed.is_not(True), led_by(viewer), named.correlate(Report).exists())


class SealedText(Base):
    """Words, sealed. `row_id` is the message or answer that they belong to; the timeline's line names its own."""

    __tablename__ = "sealed_text"
    kind: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    report: Mapped[Report] = relationship()

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in HANDLES_CONTACTS:
            return true()
        if not viewer.triages:
            return false()
        seen = Report.visible_to(viewer)
        read = and_(cls.kind != ORIGINAL, cls.report.has(and_(seen, read_by(viewer))))
        return or_(read, and_(cls.kind == ORIGINAL, cls.report.has(and_(seen, led_by(viewer)))))

    def may_be_written_by(self, viewer: Viewer) -> bool:
        """Whoever works on the report adds to what is sealed. What they do not see, they cannot change."""
        if viewer.kind in HANDLES_CONTACTS:
            return True
        return viewer.triages and self.report is not None and self.report.may_be_written_by(viewer)


class ReportReader(Base):
    """Somebody whom a lead lets read a sensitive report; everybody who sees the report sees who they are."""

    __tablename__ = "report_reader"
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())

    report: Mapped[Report] = relationship()

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in HANDLES_CONTACTS:
            return true()
        return cls.report.has(Report.visible_to(viewer)) if viewer.triages else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS or (self.report is not None and leads(self.report, viewer))


class SealedReading(OfReport):
    """Somebody has read what is sealed: the words, a photo, or original words (why, stands on the timeline)."""

    __tablename__ = "sealed_reading"
    __table_args__ = (Index(None, "report_id", "at"),)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    what: Mapped[str]
    by: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())

    report: Mapped[Report] = relationship()
