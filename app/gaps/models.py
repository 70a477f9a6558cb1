"""A gap, and which reports belong to it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, ForeignKey, Index, false, func, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.reports.models import Report
from app.viewer import PARTNER_ROLES, Viewer

WORKS_ON_ALL = frozenset({"worker", "command", "migration"})
"""Intake is not among them: it files reports and asks for the gathering by name."""


class OfEntryPoint(Base):
    """A row that belongs to an entry point: to the people of its partners, and to work without a person."""

    __abstract__ = True
    entry_point: Any

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in WORKS_ON_ALL:
            return true()
        return cls.entry_point.in_(sorted(viewer.entry_points)) if viewer.kind in PARTNER_ROLES else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        is_partners = viewer.kind in PARTNER_ROLES and self.entry_point in viewer.entry_points
        return viewer.kind in WORKS_ON_ALL or is_partners


class Gap(OfEntryPoint):
    """Reports of one kind, at one entry point, in one first-level area (None: the area is not known).

    `key` says the same in one text, so that there is one gap of each kind. `people` counts contacts: a report that
    nobody can be answered for counts as a report only. `case_id` is the newest case about it.
    """

    __tablename__ = "gap"
    __table_args__ = (Index("ix_gap_list", "entry_point", "last_seen", "id"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    key: Mapped[str] = mapped_column(unique=True)
    country: Mapped[str] = mapped_column(ForeignKey("directory_country.code"))
    sector: Mapped[str]
    entry_point: Mapped[str] = mapped_column(ForeignKey("directory_entry_point.slug"))
    problem_type: Mapped[str | None] = mapped_column(ForeignKey("directory_problem_type.slug"))
    gap_kind: Mapped[str | None]
    area: Mapped[str | None] = mapped_column(ForeignKey("directory_area.code"))
    reports: Mapped[int] = mapped_column(server_default="0")
    people: Mapped[int] = mapped_column(server_default="0")
    first_seen: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_seen: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    case_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    members: Mapped[list[Member]] = relationship(back_populates="gap")


class Member(Base):
    """That a report belongs to a gap: to one at most. Who said it and when are copied from the report, where they
    never change, so that joining a large gap costs no more than joining a small one."""

    __tablename__ = "gap_member"
    __table_args__ = (Index("ix_gap_member_people", "gap_id", "contact_id"), Index(None, "gap_id", "seen_at"))
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    gap_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gap.id"))
    contact_id: Mapped[uuid.UUID | None]
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    gap: Mapped[Gap] = relationship(back_populates="members")
    report: Mapped[Report] = relationship()

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in WORKS_ON_ALL:
            return true()
        return cls.gap.has(Gap.visible_to(viewer)) if viewer.kind in PARTNER_ROLES else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in WORKS_ON_ALL
