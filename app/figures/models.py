"""The rollup that is kept up to date, and what was published of it, which is all that people ever read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, DateTime, ForeignKeyConstraint, Index, false, func, true
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.gaps.models import WORKS_ON_ALL
from app.viewer import Viewer


class MonthlyCount(Base):
    """What is counted of one place in one month; `figures.places` says what the codes and the numbers mean.

    Small numbers stand here as they are, so no person and no page may read it.
    """

    __tablename__ = "monthly_count"
    month: Mapped[date] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    reports: Mapped[int]
    people: Mapped[int]
    once: Mapped[int]
    gaps: Mapped[int]
    cases: Mapped[int]
    fixes: Mapped[int]

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in WORKS_ON_ALL else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in WORKS_ON_ALL


class Published(Base):
    """Open to everybody, written by nobody who is a person."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in WORKS_ON_ALL


class Edition(Published):
    """That a month was published: first when it was closed, and again when it had to be corrected."""

    __tablename__ = "figure_edition"
    month: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    published_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


class PublishedCount(Published):
    """One cell of one edition. All its numbers are null where it is kept back; a cell without a row is nought."""

    __tablename__ = "published_count"
    __table_args__ = (
        ForeignKeyConstraint(["month", "edition"], ["figure_edition.month", "figure_edition.number"]),
        Index("ix_published_count_trend", "country", "sector", "area", "month"),
    )
    month: Mapped[date] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    reports: Mapped[int | None]
    people: Mapped[int | None]
    gaps: Mapped[int | None]
    cases: Mapped[int | None]
    fixes: Mapped[int | None]
