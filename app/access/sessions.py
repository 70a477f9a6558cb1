"""Sign-in sessions on the server. The browser holds a random token; we hold only its SHA-256.

Times follow OWASP's session management guidance for ordinary office work: 12 hours idle, 7 days in all. Where an
account asks for a code, the password alone starts a session that waits for it, and the code one with another token.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Response, current_app, request
from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session, joinedload

from app.access.models import Account, SignInSession
from app.access.visits import Visit

TOKEN_BYTES = 32
"""256 bits, so that a stored hash needs neither salt nor stretching."""

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
WAITING = timedelta(minutes=10)
"""For the code after the password."""

SEEN_EVERY = timedelta(minutes=5)
"""How exactly we know when a session was last used: each request would otherwise write."""


def start(session: Session, account_id: int, now: datetime, visit: Visit, waits_for_code: bool = False) -> str:
    """A new session for this account; returns the token for the cookie."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        SignInSession(
            token_hash=_hash(token),
            account_id=account_id,
            started_at=now,
            seen_at=now,
            proved_at=now,
            waits_for_code=waits_for_code,
            device=visit.device,
            place=visit.place,
        )
    )
    return token


def live(session: Session, token: str, now: datetime) -> SignInSession | None:
    """The open session of this token, if it has not run out and its account is enabled; notes that it was seen."""
    this = _open(now).where(SignInSession.token_hash == _hash(token), SignInSession.waits_for_code.is_(False))
    seats = joinedload(SignInSession.account).joinedload(Account.memberships)
    found = session.scalars(this.options(seats)).unique().one_or_none()
    if found is not None and found.seen_at < now - SEEN_EVERY:
        found.seen_at = now
    return found


def waiting(session: Session, token: str, now: datetime) -> SignInSession | None:
    """The session of this token, if it waits for the code and still may."""
    return session.scalars(
        _open(now).where(
            SignInSession.token_hash == _hash(token),
            SignInSession.waits_for_code,
            SignInSession.started_at > now - WAITING,
        )
    ).one_or_none()


def account_of(session: Session, token: str, now: datetime) -> Account | None:
    """The enabled account that this token stands for, if its session has not run out."""
    found = live(session, token, now)
    return found.account if found else None


def of_account(session: Session, account_id: int, now: datetime) -> Sequence[SignInSession]:
    """The open sessions of this account, the one used last first."""
    mine = _open(now).where(SignInSession.account_id == account_id, SignInSession.waits_for_code.is_(False))
    return session.scalars(mine.order_by(SignInSession.seen_at.desc())).all()


def _open(now: datetime) -> Select[SignInSession]:
    return select(SignInSession).where(
        SignInSession.started_at > now - ABSOLUTE,
        SignInSession.seen_at > now - IDLE,
        SignInSession.account.has(Account.disabled_at.is_(None)),
    )


def end(session: Session, token: str) -> None:
    """Forget this session."""
    session.execute(delete(SignInSession).where(SignInSession.token_hash == _hash(token)))


def end_all(session: Session, account_id: int) -> None:
    """Forget every session of this account, on every device."""
    session.execute(delete(SignInSession).where(SignInSession.account_id == account_id))


def end_others(session: Session, account_id: int, but: uuid.UUID) -> None:
    """Forget the sessions of this account, all but one."""
    others = (SignInSession.account_id == account_id) & (SignInSession.number != but)
    session.execute(delete(SignInSession).where(others))


def end_one(session: Session, account_id: int, number: uuid.UUID) -> None:
    """Forget one session of this account, if it is one."""
    this = (SignInSession.account_id == account_id) & (SignInSession.number == number)
    session.execute(delete(SignInSession).where(this))


def act_at(session: Session, number: uuid.UUID, membership: int | None) -> None:
    """Let this session act at a further partner of its person, or with None at their own place."""
    this = update(SignInSession).where(SignInSession.number == number)
    session.execute(this.values(membership_id=membership))


def sweep(session: Session, now: datetime) -> None:
    """Delete the sessions that have run out."""
    too_old = (SignInSession.started_at <= now - ABSOLUTE) | (SignInSession.seen_at <= now - IDLE)
    session.execute(delete(SignInSession).where(too_old))


def presented_token() -> str | None:
    """The token in the request's cookie."""
    return request.cookies.get(cookie_name())


def hand_out(response: Response, token: str) -> None:
    """Put the token in a cookie that ends with the browser and that scripts and other sites cannot use."""
    response.set_cookie(cookie_name(), token, secure=uses_https(), httponly=True, samesite="Lax", path="/")


def take_back(response: Response) -> None:
    """Make the browser forget its token."""
    response.delete_cookie(cookie_name(), secure=uses_https(), httponly=True, samesite="Lax", path="/")


def cookie_name(base: str = "gapline") -> str:
    """`__Host-` binds the cookie to this host and to HTTPS (RFC 6265bis, section 4.1.3.2)."""
    return f"__Host-{base}" if uses_https() else base


def uses_https() -> bool:
    return current_app.extensions["settings"].uses_https


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
