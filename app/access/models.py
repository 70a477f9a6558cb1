"""Accounts of staff, their sign-in sessions, and the failed attempts that the throttle counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    and_,
    false,
    or_,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.viewer import PARTNER_ROLES, Viewer

MAY_MANAGE = frozenset({"command", "migration", "administrator"})


class Account(Base):
    """A person at a partner, a desk or IBP. `email` is kept in lower case."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role NOT LIKE 'partner%' OR partner IS NOT NULL", name="partner_staff_have_a_partner"),
        CheckConstraint("role <> 'desk' OR country IS NOT NULL", name="desk_staff_have_a_country"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[str]
    partner: Mapped[str | None] = mapped_column(ForeignKey("directory_partner.slug"))
    country: Mapped[str | None] = mapped_column(ForeignKey("directory_country.code"))
    language: Mapped[str] = mapped_column(default="en")
    is_demo: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in MAY_MANAGE | {"sign_in"}:
            return true()
        return or_(cls.id == viewer.account_id, cls._colleague_of(viewer)) if viewer.is_person else false()

    @classmethod
    def _colleague_of(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Those among whom work is shared out: at one partner, or at one country's desk."""
        if viewer.kind == "desk":
            return and_(cls.role == "desk", cls.country == viewer.country)
        return cls.partner == viewer.partner if viewer.kind in PARTNER_ROLES and viewer.partner else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in MAY_MANAGE | {"sign_in"}


class SignInSession(Base):
    """A signed-in browser. The cookie holds a random token; only its SHA-256 is stored."""

    __tablename__ = "sign_in_session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in {"sign_in", "migration"} else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in {"sign_in", "migration"}


class FailedSignIn(Base):
    """One failed attempt, under a keyed hash of the address or of the place it came from."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index(None, "key", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in {"sign_in", "worker", "migration"} else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in {"sign_in", "worker", "migration"}
