"""What was corrected of our words, and which languages were signed off. Both are only ever added to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, ForeignKey, Index, func, true
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.directory.models import MAY_EDIT, leads_in
from app.viewer import Viewer


class OfSpeakers(Base):
    """A row that everybody may read: it is said to people. `country` is where the lead who wrote it works, None for
    an administrator's."""

    __abstract__ = True
    country: Any

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in MAY_EDIT or leads_in(viewer, self.country)


class TextCorrection(OfSpeakers):
    """One correction of one text. The newest of a language and text decides.

    `text` is the English source, `said` what is said from now on, None for what the catalogue says; `was` is what
    was said before.
    """

    __tablename__ = "text_correction"
    __table_args__ = (Index(None, "language", "text", "number"),)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    language: Mapped[str]
    country: Mapped[str | None] = mapped_column(ForeignKey("directory_country.code"))
    text: Mapped[str]
    said: Mapped[str | None]
    was: Mapped[str]
    why: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


class LanguageSignOff(OfSpeakers):
    """A speaker's word that all texts of a language are good as they stood then, or (`holds` false) that they take
    it back. `fingerprint` is of those texts: when one changes, the language is a draft again."""

    __tablename__ = "language_sign_off"
    __table_args__ = (Index(None, "language", "number"),)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    language: Mapped[str]
    country: Mapped[str | None] = mapped_column(ForeignKey("directory_country.code"))
    fingerprint: Mapped[str]
    holds: Mapped[bool]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
