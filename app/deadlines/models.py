"""Partners' plans as rows, and each version that there was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, ForeignKey, Index, String, false, func, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.directory.models import MAY_EDIT
from app.viewer import Viewer


def leads(viewer: Viewer, partner: str) -> bool:
    """Whether this is a lead of that partner."""
    return viewer.kind == "partner_lead" and viewer.partner == partner


class DeadlinePlan(Base):
    """The plan of a partner or desk that has changed the usual one. `version` is the number of its newest version.

    Whoever files or moves a report counts by it, so everybody reads it.
    """

    __tablename__ = "deadline_plan"
    partner: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"), primary_key=True)
    country: Mapped[str] = mapped_column(String(2))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in MAY_EDIT or leads(viewer, self.partner)


class DeadlinePlanVersion(Base):
    """How a plan stood after one change: who made it, when, and which part (`kind`). Only ever added."""

    __tablename__ = "deadline_plan_version"
    __table_args__ = (Index(None, "partner", "number"),)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    partner: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"))
    kind: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in MAY_EDIT:
            return true()
        return cls.partner == viewer.partner if viewer.kind == "partner_lead" and viewer.partner else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in MAY_EDIT or leads(viewer, self.partner)
