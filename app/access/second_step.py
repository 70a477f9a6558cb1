"""The code after the password: what turns a waiting session into an open one."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app
from sqlalchemy.orm import Session

from app.access import factor, sessions, throttle
from app.access.models import Account
from app.access.sign_in import record
from app.access.visits import Visit
from app.database import transaction
from app.viewer import SIGN_IN, acting_as


class NotWaiting(LookupError):
    """No session waits for a code under this token, or no longer."""


class WrongCode(RuntimeError):
    """The code is not right, or has been used."""


def is_waiting(token: str | None) -> bool:
    """Whether somebody with this token has given their password and not yet their code."""
    if not token:
        return False
    with acting_as(SIGN_IN), transaction() as session:
        return sessions.waiting(session, token, datetime.now(UTC)) is not None


def give_code(token: str | None, code: str, visit: Visit) -> str:
    """Open the session with a code of the app or a recovery code; returns the new token that replaces this one.

    Raises NotWaiting, WrongCode, TooManyAttempts.
    """
    with acting_as(SIGN_IN):
        account_id = _whose(token or "")
        attempt = throttle.read_attempt(
            current_app.extensions["vault"], f"code/{account_id}", visit.network_address
        )
        with transaction() as session:
            counted = throttle.admit(session, attempt, datetime.now(UTC))
        with transaction() as session:
            opened = _open(session, account_id, token or "", code, visit)
            if opened:
                throttle.forgive(session, attempt, counted)
    if opened is None:
        raise WrongCode
    return opened


def _whose(token: str) -> int:
    with transaction() as session:
        found = sessions.waiting(session, token, datetime.now(UTC))
    if found is None:
        raise NotWaiting
    return found.account_id


def _open(session: Session, account_id: int, token: str, code: str, visit: Visit) -> str | None:
    """The account is locked, so that of two tries with one code a single one is right."""
    account = session.get_one(Account, account_id, with_for_update=True)
    if not factor.is_right(session, account, code):
        record(session, account_id, "wrong_code", visit)
        return None
    record(session, account_id, "signed_in", visit)
    sessions.end(session, token)
    return sessions.start(session, account_id, datetime.now(UTC), visit)
