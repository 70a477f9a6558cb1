"""Another password by e-mail.

Whoever asks, for whatever address, the same is done and said at once: a sealed row and a job. The worker looks
later whether there is such an account. The second factor is not touched.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.access import letters, throttle
from app.access.accounts import give_password
from app.access.models import Account, PasswordReset
from app.access.sign_in import normal_email
from app.access.visits import Visit
from app.database import transaction
from app.mail.posting import post
from app.queue import Job, Patience, jobs, put
from app.viewer import SIGN_IN, acting_as

GOOD_FOR = timedelta(hours=1)


class DeadLink(LookupError):
    """The link has been used, is too old, or never was."""


def ask_for_reset(email: str, visit: Visit) -> None:
    """Queue a letter to this address, if it is that of an account. Raises TooManyAttempts."""
    vault, number, now = current_app.extensions["vault"], uuid.uuid4(), datetime.now(UTC)
    email = normal_email(email)
    attempt = throttle.read_attempt(vault, f"reset/{email}", visit.network_address)
    with acting_as(SIGN_IN), transaction() as session:
        throttle.admit(session, attempt, now)
        session.execute(delete(PasswordReset).where(PasswordReset.at < now - GOOD_FOR))
        session.add(PasswordReset(id=number, address=vault.seal(email, _place(number)), at=now))
        put(session, Job(write_reset, {"reset": str(number)}))


@jobs.task(name="access.write_reset", queue="mail", retry=Patience())
def write_reset(reset: str) -> None:
    """Write the letter where the address is that of an account which may sign in; else forget that it was asked."""
    number = uuid.UUID(reset)
    with acting_as(SIGN_IN), transaction() as session:
        asked = session.get(PasswordReset, number)
        if asked is None or asked.address is None:
            return
        email = current_app.extensions["vault"].open(asked.address, _place(number))
        account = session.scalars(_open_to_resets().where(Account.email == email)).one_or_none()
        if account is None:
            session.delete(asked)
            return
        token = secrets.token_urlsafe(32)
        asked.address, asked.account_id, asked.token_hash = None, account.id, _hash(token)
        post(session, letters.new_password(account, token), cause=str(number))


def check_link(token: str) -> None:
    """Raises DeadLink."""
    with acting_as(SIGN_IN), transaction() as session:
        _account_of(session, token)


def reset_password(token: str, password: str) -> None:
    """Use up the link. Raises DeadLink, WeakPassword."""
    with acting_as(SIGN_IN), transaction() as session:
        give_password(session, _account_of(session, token), password)


def _account_of(session: Session, token: str) -> Account:
    """The account, locked: of two at once with one link a single one finds it."""
    since = datetime.now(UTC) - GOOD_FOR
    used = select(PasswordReset.account_id).where(
        PasswordReset.token_hash == _hash(token), PasswordReset.at > since
    )
    whose = _open_to_resets().where(Account.id == session.scalar(used)).with_for_update()
    account = session.scalars(whose).one_or_none()
    if account is None or session.scalar(used) is None:
        raise DeadLink
    return account


def _open_to_resets() -> Select[Account]:
    """Not those of the demo, whose one password is printed for everybody."""
    return select(Account).where(Account.disabled_at.is_(None), Account.is_demo.is_(False))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _place(number: uuid.UUID) -> str:
    return f"password_reset/address/{number}"
