"""The directory as rows. Everybody may read it; only work that loads or edits it may write."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, String, true
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.viewer import Viewer

MAY_EDIT = frozenset({"command", "migration", "administrator"})


class DirectoryRow(Base):
    """A row that is public knowledge: who serves whom."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in MAY_EDIT


class CountryRow(DirectoryRow):
    __tablename__ = "directory_country"
    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str]
    dialling_code: Mapped[str]
    currency: Mapped[str] = mapped_column(String(3))
    languages: Mapped[list[str]] = mapped_column(ARRAY(String))
    timezone: Mapped[str]
    desk: Mapped[str]


class AreaRow(DirectoryRow):
    __tablename__ = "directory_area"
    code: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(ForeignKey("directory_country.code"), index=True)
    name: Mapped[str]
    spoken: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    names: Mapped[dict[str, str]] = mapped_column(JSONB, server_default="{}")


class PartnerRow(DirectoryRow):
    __tablename__ = "directory_partner"
    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    acronym: Mapped[str]
    kind: Mapped[str]
    country: Mapped[str | None] = mapped_column(ForeignKey("directory_country.code"))


class EntryPointRow(DirectoryRow):
    __tablename__ = "directory_entry_point"
    slug: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(ForeignKey("directory_country.code"), index=True)
    sector: Mapped[str]
    name: Mapped[str]
    issue: Mapped[str]
    focus: Mapped[str]
    cofog: Mapped[list[str]] = mapped_column(ARRAY(String))
    names: Mapped[dict[str, str]] = mapped_column(JSONB, server_default="{}")


class ServiceRow(DirectoryRow):
    """One partner's part at one entry point, for a time and in some areas (none named: the whole country)."""

    __tablename__ = "directory_service"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_point: Mapped[str] = mapped_column(ForeignKey("directory_entry_point.slug"), index=True)
    partner: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"), index=True)
    role: Mapped[str]
    lead: Mapped[bool]
    areas: Mapped[list[str]] = mapped_column(ARRAY(String))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class ProblemTypeRow(DirectoryRow):
    __tablename__ = "directory_problem_type"
    slug: Mapped[str] = mapped_column(primary_key=True)
    entry_point: Mapped[str] = mapped_column(ForeignKey("directory_entry_point.slug"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    gap_kind: Mapped[str]
    sensitive: Mapped[bool]
    names: Mapped[dict[str, str]] = mapped_column(JSONB, server_default="{}")


class WordRow(DirectoryRow):
    """A word or phrase by which people name a sector (and perhaps a problem) in a country."""

    __tablename__ = "directory_word"
    __table_args__ = (Index(None, "country", "sector"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(ForeignKey("directory_country.code"))
    sector: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    problem: Mapped[str | None]
    kind: Mapped[str]
    beyond: Mapped[bool]


class DirectoryEdition(DirectoryRow):
    """One row that counts the loads and edits, so that every process can tell when its copy is old."""

    __tablename__ = "directory_edition"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    data_hash: Mapped[str]


class ChannelRow(Base):
    """A number or code that people write or dial, at one provider. Its secret and credentials are sealed."""

    __tablename__ = "channel"
    slug: Mapped[str] = mapped_column(primary_key=True)
    provider: Mapped[str]
    kind: Mapped[str]
    country: Mapped[str] = mapped_column(ForeignKey("directory_country.code"))
    address: Mapped[str]
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    account: Mapped[str | None]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    credentials: Mapped[bytes | None] = mapped_column(LargeBinary)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in MAY_EDIT
