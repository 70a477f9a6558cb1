"""A report, the people and words behind it, and its timeline."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Computed,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Uuid,
    and_,
    false,
    func,
    or_,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.reports.indexes import MARKED, indexes_of_report
from app.viewer import Viewer

NOW = func.now()


def searchable(words: str) -> Mapped[str]:
    """A column that PostgreSQL keeps for searching this expression, without regard to accents and case: what is
    erased is gone from it too. `folded` is defined in migration 0008."""
    vector = Computed(f"to_tsvector('simple'::regconfig, folded({words}))", persisted=True)
    return mapped_column(TSVECTOR, vector, deferred=True, deferred_raiseload=True)


HANDLES_CONTACTS = frozenset({"intake", "worker", "migration"})
"""The only viewers that see every phone number's row: no person, no command. `reveal` sees one at a time."""


class Contact(Base):
    """Somebody who can be answered. The number is sealed; `number_index` finds it again.

    `notice` is the version of the privacy notice that this number was sent, 0 for none. `asked_back` is the order
    that waits for one more word of theirs, on that channel since then. `erased_at`: they had everything deleted and
    have not written since; of their number only the keyed hash is left, so that a STOP still holds.
    """

    __tablename__ = "contact"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    number_index: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    country: Mapped[str | None] = mapped_column(String(2))
    language: Mapped[str | None]
    stopped: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    notice: Mapped[int] = mapped_column(server_default="0")
    asked_back: Mapped[str | None]
    asked_back_on: Mapped[str | None]
    asked_back_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    erased_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    first_seen: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    last_seen: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    reveals: Mapped[list[Any]] = relationship("ContactReveal", viewonly=True)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind == "reveal":
            return cls.reveals.any(account_id=viewer.account_id)
        return true() if viewer.kind in HANDLES_CONTACTS else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS


class Report(Base):
    """One matter that one person reported. `entry_point` is null where the country's desk has it.

    `priority` counts from 1, the most urgent (app.reports.marks). `snoozed_until`: kept off the list of what is to
    be done until then; a moment that has passed says that it came back. `touched_at` is when staff last did
    something, at first when it came in; `said_at` when the person last said something.

    `has_photo`: a photo belongs to one of its messages; the database itself keeps that right.

    `merged_into`: it says the same as that one, with which it is followed up; `has_merged`: others were merged into
    it (app.reports.merged).

    `sealed`: it is sensitive, and its words stand in `sealed_text` alone. False: it is not, whatever its type, as a
    lead has said. Of most reports nobody has said anything.

    From `counted_from` on stands its clock, as app.deadlines.clock explains it: `waited` is in minutes.
    """

    __tablename__ = "report"
    __table_args__ = indexes_of_report()
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    reference: Mapped[str] = mapped_column(String(10), unique=True)
    country: Mapped[str] = mapped_column(ForeignKey("directory_country.code"))
    sector: Mapped[str]
    entry_point: Mapped[str | None] = mapped_column(ForeignKey("directory_entry_point.slug"))
    partner: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"))
    problem_type: Mapped[str | None] = mapped_column(ForeignKey("directory_problem_type.slug"))
    gap_kind: Mapped[str | None]
    area: Mapped[str | None] = mapped_column(ForeignKey("directory_area.code"))
    language: Mapped[str]
    channel: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="new")
    flags: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    sealed: Mapped[bool | None]
    why: Mapped[str] = mapped_column(server_default="")
    answerable: Mapped[bool]
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact.id"), index=True)
    reply_channel: Mapped[str | None] = mapped_column(ForeignKey("channel.slug"))
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    tags: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    marked: Mapped[str | None] = mapped_column(
        TSVECTOR, Computed(MARKED, persisted=True), deferred=True, deferred_raiseload=True
    )
    has_photo: Mapped[bool] = mapped_column(server_default=false())
    priority: Mapped[int] = mapped_column(SmallInteger, server_default="3")
    snoozed_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    merged_into: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("report.id"))
    has_merged: Mapped[bool] = mapped_column(server_default=false())
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    touched_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    said_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    counted_from: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    step: Mapped[str | None]
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    waited: Mapped[int] = mapped_column(server_default="0")
    waiting_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    escalated: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    escalate_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    messages: Mapped[list[IncomingMessage]] = relationship(
        back_populates="report", order_by="IncomingMessage.received_at"
    )
    events: Mapped[list[Event]] = relationship(back_populates="report", order_by="Event.at, Event.id")

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.sees_every_report:
            return true()
        if viewer.kind == "desk":
            flagged = func.cardinality(cls.flags) > 0
            return and_(cls.country == viewer.country, or_(cls.entry_point.is_(None), flagged))
        return cls.entry_point.in_(sorted(viewer.entry_points)) if viewer.triages else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        if viewer.kind == "desk":
            return self.country == viewer.country and (self.entry_point is None or bool(self.flags))
        return viewer.sees_every_report or (viewer.triages and self.entry_point in viewer.entry_points)


class OfReport(Base):
    """A row that is seen and written by whoever sees and writes its report."""

    __abstract__ = True
    report: Any
    report_id: Any

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.sees_every_report:
            return true()
        return cls.report.has(Report.visible_to(viewer)) if viewer.triages else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        if viewer.sees_every_report:
            return True
        return self.report is not None and self.report.may_be_written_by(viewer)


class IncomingMessage(OfReport):
    """What a citizen sent, verbatim. One row per provider message id, however often it is delivered.

    `body` is empty where the report is sealed. `redacted_at`: since then something in it is blacked out.
    """

    __tablename__ = "incoming_message"
    __table_args__ = (
        Index("uq_incoming_message_provider", "channel", "provider_message_id", unique=True),
        Index("ix_incoming_message_searched", "searched", postgresql_using="gin"),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    channel: Mapped[str] = mapped_column(ForeignKey("channel.slug"))
    provider_message_id: Mapped[str]
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact.id"), index=True)
    report_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("report.id"), index=True)
    body: Mapped[str]
    media: Mapped[int] = mapped_column(server_default="0")
    redacted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    searched: Mapped[str | None] = searchable("body")

    report: Mapped[Report | None] = relationship(back_populates="messages")


class Event(OfReport):
    """One line of a report's timeline: what happened, who did it, when. Never changed, only added.

    `fresh`: those whom it concerns have yet to be told (app.inbox.following).
    """

    __tablename__ = "report_event"
    __table_args__ = (
        Index(None, "report_id", "at"),
        Index("ix_report_event_searched", "searched", postgresql_using="gin"),
        Index("ix_report_event_fresh", "id", postgresql_where="fresh"),
        Index("ix_report_event_at", "at", postgresql_using="brin"),
    )
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"))
    kind: Mapped[str]
    by: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    fresh: Mapped[bool] = mapped_column(server_default=false())
    searched: Mapped[str | None] = searchable("detail ->> 'text'")

    report: Mapped[Report] = relationship(back_populates="events")


class Answer(OfReport):
    """A partner's words to the citizen, and when the citizen asked to read them."""

    __tablename__ = "report_answer"
    __table_args__ = (Index(None, "report_id", "at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"))
    body: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    read_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    report: Mapped[Report] = relationship()


class OpenQuestion(Base):
    """The question a person was asked and has not answered yet, with the messages it is about.

    `choices` are sectors; once the sector is known they are the areas (ISO 3166-2) that were offered, none where
    the place's name is to be typed. `problem_type` is a slug.
    """

    __tablename__ = "open_question"
    contact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(ForeignKey("channel.slug"), primary_key=True)
    choices: Mapped[list[str]] = mapped_column(ARRAY(String))
    asked: Mapped[int]
    language: Mapped[str]
    sector: Mapped[str | None]
    problem_type: Mapped[str | None]
    outside_focus: Mapped[bool] = mapped_column(server_default=false())
    area: Mapped[str | None]
    about: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW, index=True)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in HANDLES_CONTACTS else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS
