"""Accounts of staff, their sign-in sessions, and the failed attempts that the throttle counts.

Of an account's second factor, `factor_secret` is sealed; `factor_draft` is one being set up; `factor_step` is the
last half minute of which a code was used.

An account's own role, partner and country are where its person belongs first; each further partner that they serve
is a `Membership`, and a session acts at one of them. `entry_points` confines a member to some of the partner's.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    and_,
    false,
    or_,
    select,
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
    factor_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    factor_draft: Mapped[bytes | None] = mapped_column(LargeBinary)
    factor_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    factor_step: Mapped[int | None] = mapped_column(BigInteger)
    entry_points: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    away_to: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    memberships: Mapped[list[Membership]] = relationship(viewonly=True, order_by="Membership.partner")

    @property
    def asks_for_code(self) -> bool:
        """Whether signing in takes a code beside the password. Those of the demo never do: their password is all
        that everybody knows of them."""
        return self.factor_secret is not None and not self.is_demo

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
        if viewer.kind not in PARTNER_ROLES or not viewer.partner:
            return false()
        guests = select(Membership.account_id).where(Membership.partner == viewer.partner)
        return or_(cls.partner == viewer.partner, cls.id.in_(guests))

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in MAY_MANAGE | {"sign_in"}


class OfSigningIn:
    """Rows that only signing in itself touches: pages show people their own of these, acting as `sign_in`."""

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in {"sign_in", "migration"} else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in {"sign_in", "migration"}


class SignInSession(OfSigningIn, Base):
    """A signed-in browser. The cookie holds a random token; only its SHA-256 is stored.

    While it `waits_for_code`, the password was right and nothing is open yet. `number` names it on pages; `device`
    and `place` are what its owner may know it by: the browser's family, and its network, shortened.
    """

    __tablename__ = "sign_in_session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    proved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    waits_for_code: Mapped[bool] = mapped_column(default=False)
    number: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id", ondelete="SET NULL"))
    device: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")


class FailedSignIn(Base):
    """One failed attempt, under a keyed hash of the address or of the place it came from; `place` is shown."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index(None, "key", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    place: Mapped[str] = mapped_column(default="")

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in {"sign_in", "worker", "migration"} else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in {"sign_in", "worker", "migration"}


class Membership(Base):
    """A further partner that somebody serves, as a member or a lead there."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "partner"),
        CheckConstraint("role NOT IN ('desk', 'reviewer', 'administrator')", name="role_at_a_partner"),
        Index(None, "partner"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    role: Mapped[str]
    partner: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"))
    entry_points: Mapped[list[str] | None] = mapped_column(ARRAY(String))

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in MAY_MANAGE | {"sign_in"}:
            return true()
        return cls.partner == viewer.partner if viewer.kind in PARTNER_ROLES and viewer.partner else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in {"sign_in", "command", "migration"}


class Invitation(OfSigningIn, Base):
    """Somebody is asked to join, by a letter with a link; the row holds the SHA-256 of its token."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    email: Mapped[str]
    role: Mapped[str]
    partner: Mapped[str | None] = mapped_column(ForeignKey("directory_partner.slug"))
    country: Mapped[str | None] = mapped_column(ForeignKey("directory_country.code"))
    language: Mapped[str]
    by: Mapped[str]
    by_account: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RecoveryCode(OfSigningIn, Base):
    """One of the codes on paper that stand in for the telephone, once each. Only a keyed hash is stored."""

    __tablename__ = "recovery_code"
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)


class SignInRecord(OfSigningIn, Base):
    """One sign-in of the past, or a failed try (`outcome` is `signed_in`, `failed` or `wrong_code`)."""

    __tablename__ = "sign_in_record"
    __table_args__ = (Index(None, "account_id", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str]
    device: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")


class AccessEvent(OfSigningIn, Base):
    """What was done about an account: by whom, in their words why, and when. Kept."""

    __tablename__ = "access_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    by: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))


class PasswordReset(OfSigningIn, Base):
    """Somebody asked for another password. The address is sealed and goes once the worker has looked for it; an
    unknown one leaves no row. The letter's link holds a random token, of which the SHA-256 is here."""

    __tablename__ = "password_reset"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
