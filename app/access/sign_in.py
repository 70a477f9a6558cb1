"""Signing in and out: the only way to a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.access import passwords, sessions, throttle
from app.access.models import Account, FailedSignIn, SignInRecord
from app.access.throttle import Attempt
from app.access.visits import Visit
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from sms.text import clean

LONGEST_EMAIL = 254
"""RFC 5321, section 4.5.3.1.3, without the angle brackets."""


KEEP_RECORDS = timedelta(days=90)


@dataclass(frozen=True)
class Started:
    """A session that has begun: its token, and whether it waits for the code of the second factor."""

    token: str
    waits_for_code: bool


class WrongCredentials(RuntimeError):
    """No enabled account has this address and this password; it is not said which was wrong."""


def sign_in(email: str, password: str, visit: Visit) -> Started:
    """Check the password and start a session.

    Raises WrongCredentials, or TooManyAttempts. The password is hashed while no transaction is open, for unknown
    and disabled accounts too.
    """
    email = normal_email(email)
    attempt = throttle.read_attempt(current_app.extensions["vault"], email, visit.network_address)
    with acting_as(SIGN_IN):
        counted = _admit(attempt)
        account_id = _identify(email, password)
        with transaction() as session:
            _tell_of_failures(session, account_id, throttle.earlier_failures(session, attempt, counted))
            throttle.forgive(session, attempt, counted)
            return _welcome(session, account_id, password, visit)


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


def record(session: Session, account_id: int, outcome: str, visit: Visit) -> None:
    """A line for the person's own list of sign-ins; lines of long ago go."""
    now = datetime.now(UTC)
    session.execute(delete(SignInRecord).where(SignInRecord.at < now - KEEP_RECORDS))
    session.add(
        SignInRecord(account_id=account_id, at=now, outcome=outcome, device=visit.device, place=visit.place)
    )


def _tell_of_failures(session: Session, account_id: int, failures: Sequence[FailedSignIn]) -> None:
    """Only now it is known whose they were: a failure itself does the same for known and unknown addresses."""
    session.add_all(
        SignInRecord(account_id=account_id, at=one.at, outcome="failed", place=one.place) for one in failures
    )


def _welcome(session: Session, account_id: int, password: str, visit: Visit) -> Started:
    """Start a session, and leave behind no session that has run out."""
    now = datetime.now(UTC)
    account = session.get_one(Account, account_id)
    if passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hash_password(password)
    sessions.sweep(session, now)
    waits = account.asks_for_code
    if not waits:
        record(session, account_id, "signed_in", visit)
    return Started(sessions.start(session, account_id, now, visit, waits), waits)
