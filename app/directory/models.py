"""The directory as rows. Everybody may read it; only work that loads or edits it may write."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    false,
    func,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.viewer import Viewer

MAY_EDIT = frozenset({"command", "migration", "administrator"})


def leads_at(viewer: Viewer, entry_point: str) -> bool:
    """Whether this is a lead of a partner at this entry point."""
    return viewer.kind == "partner_lead" and entry_point in viewer.entry_points


def leads_in(viewer: Viewer, country: str | None) -> bool:
    """Whether this is a lead at any entry point of this country."""
    return viewer.kind == "partner_lead" and country in countries_of(viewer)


def countries_of(viewer: Viewer) -> frozenset[str]:
    """The countries of the viewer's entry points, which their slugs begin with."""
    return frozenset(slug[:2].upper() for slug in viewer.entry_points)


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
    aliases: Mapped[dict[str, str]] = mapped_column(JSONB, server_default="{}")

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return super().may_be_written_by(viewer) or leads_in(viewer, self.country)


class PartnerRow(DirectoryRow):
    __tablename__ = "directory_partner"
    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    acronym: Mapped[str]
    kind: Mapped[str]
    country: Mapped[str | None] = mapped_column(ForeignKey("directory_country.code"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class EntryPointRow(DirectoryRow):
    """`programmes` are as their document has them, days as ISO texts; `actors` are offices by what they do."""

    __tablename__ = "directory_entry_point"
    slug: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(ForeignKey("directory_country.code"), index=True)
    sector: Mapped[str]
    name: Mapped[str]
    issue: Mapped[str]
    focus: Mapped[str]
    cofog: Mapped[list[str]] = mapped_column(ARRAY(String))
    names: Mapped[dict[str, str]] = mapped_column(JSONB, server_default="{}")
    programmes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    actors: Mapped[dict[str, list[str]]] = mapped_column(JSONB, server_default="{}")


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
    office: Mapped[str] = mapped_column(server_default="")


class AnswerRow(DirectoryRow):
    """An answer that partners of an entry point send often, in several languages."""

    __tablename__ = "directory_answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_point: Mapped[str] = mapped_column(ForeignKey("directory_entry_point.slug"), index=True)
    name: Mapped[str]
    texts: Mapped[dict[str, str]] = mapped_column(JSONB)

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return super().may_be_written_by(viewer) or leads_at(viewer, self.entry_point)


class ProblemTypeRow(DirectoryRow):
    """What can be wrong at an entry point. One that is `retired` is offered no more, though reports have it."""

    __tablename__ = "directory_problem_type"
    slug: Mapped[str] = mapped_column(primary_key=True)
    entry_point: Mapped[str] = mapped_column(ForeignKey("directory_entry_point.slug"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    gap_kind: Mapped[str]
    sensitive: Mapped[bool]
    names: Mapped[dict[str, str]] = mapped_column(JSONB, server_default="{}")
    retired: Mapped[bool] = mapped_column(default=False, server_default="false")

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return super().may_be_written_by(viewer) or leads_at(viewer, self.entry_point)


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

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return super().may_be_written_by(viewer) or leads_at(viewer, f"{self.country.lower()}-{self.sector}")


class DirectoryEdition(DirectoryRow):
    """One row that counts the loads and edits, so that every process can tell when its copy is old."""

    __tablename__ = "directory_edition"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    data_hash: Mapped[str]

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return super().may_be_written_by(viewer) or viewer.kind == "partner_lead"


class DirectoryDocument(DirectoryRow):
    """One document of the directory as it stands, in TOML: a country's, the areas', or the international one.

    `version` is the number of its newest version, `files_hash` the SHA-256 of the data file last taken over.
    """

    __tablename__ = "directory_document"
    name: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str | None] = mapped_column(ForeignKey("directory_country.code"))
    text: Mapped[str]
    version: Mapped[int] = mapped_column(BigInteger)
    files_hash: Mapped[str]

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return super().may_be_written_by(viewer) or leads_in(viewer, self.country)


class DirectoryVersion(Base):
    """How a document stood after one change: who made it, when, why, and what differs. Only ever added."""

    __tablename__ = "directory_version"
    __table_args__ = (Index(None, "document", "number"),)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    document: Mapped[str]
    country: Mapped[str | None] = mapped_column(String(2))
    kind: Mapped[str]
    why: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    text: Mapped[str]

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in MAY_EDIT:
            return true()
        return cls.country.in_(sorted(countries_of(viewer))) if viewer.kind == "partner_lead" else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in MAY_EDIT or leads_in(viewer, self.country)


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
