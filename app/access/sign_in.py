"""Signing in and out: the only way to a session."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.access import passwords, sessions, throttle
from app.access.models import Account
from app.access.throttle import Attempt
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from sms.text import clean

LONGEST_EMAIL = 254
"""RFC 5321, section 4.5.3.1.3, without the angle brackets."""


class WrongCredentials(RuntimeError):
    """No enabled account has this address and this password; it is not said which was wrong."""


def sign_in(email: str, password: str, network_address: str | None) -> str:
    """Check the password and start a session; returns its token.

    Raises WrongCredentials, or TooManyAttempts. The password is hashed while no transaction is open, for unknown
    and disabled accounts too.
    """
    email = normal_email(email)
    attempt = throttle.read_attempt(current_app.extensions["vault"], email, network_address)
    with acting_as(SIGN_IN):
        counted = _admit(attempt)
        account_id = _identify(email, password)
        with transaction() as session:
            throttle.forgive(session, attempt, counted)
            return _welcome(session, account_id, password)


def sign_out(token: str) -> None:
    """End the session of this token."""
    with acting_as(SIGN_IN), transaction() as session:
        sessions.end(session, token)


def normal_email(email: str) -> str:
    """An address as accounts keep it: trimmed, in lower case."""
    return clean(email).strip().lower()[:LONGEST_EMAIL]


def _admit(attempt: Attempt) -> tuple[int, ...]:
    with transaction() as session:
        return throttle.admit(session, attempt, datetime.now(UTC))


def _identify(email: str, password: str) -> int:
    """The id of the enabled account with this address and password. Raises WrongCredentials."""
    with transaction() as session:
        account = session.scalars(_enabled().where(Account.email == email)).one_or_none()
    is_right = passwords.is_right(account.password_hash if account else None, password)
    if account is None or not is_right:
        raise WrongCredentials
    return account.id


def _enabled() -> Select[Account]:
    """Accounts that may sign in: a demo's, whose password everybody can read, in demo mode only."""
    enabled = select(Account).where(Account.disabled_at.is_(None))
    is_demo = current_app.extensions["settings"].is_demo
    return enabled if is_demo else enabled.where(Account.is_demo.is_(False))


def _welcome(session: Session, account_id: int, password: str) -> str:
    """Start a session, and leave behind no session that has run out."""
    now = datetime.now(UTC)
    account = session.get_one(Account, account_id)
    if passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hash_password(password)
    sessions.sweep(session, now)
    return sessions.start(session, account_id, now)
