"""Making, changing and disabling accounts."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.access import letters, sessions
from app.access.models import AccessEvent, Account, PasswordReset
from app.access.passwords import check_strength, hash_password
from app.access.sign_in import normal_email
from app.database import transaction
from app.language import STAFF_LANGUAGES
from app.mail.posting import post
from app.viewer import SIGN_IN, acting_as


class NoAccount(LookupError):
    """No account has this address."""


def new_account(
    email: str,
    name: str,
    password: str,
    role: str,
    partner: str | None = None,
    country: str | None = None,
    language: str = "en",
    is_demo: bool = False,
) -> Account:
    """An account to add to a session. Raises WeakPassword."""
    check_strength(password, email, name, partner or "")
    return Account(
        email=normal_email(email),
        name=name,
        password_hash=hash_password(password),
        role=role,
        partner=partner,
        country=country,
        language=language if language in STAFF_LANGUAGES else STAFF_LANGUAGES[0],
        is_demo=is_demo,
    )


def disable(email: str) -> None:
    """Shut the account out at once, and end its sessions for good. Raises NoAccount."""
    with acting_as(SIGN_IN), transaction() as session:
        account = _account(session, email)
        account.disabled_at = datetime.now(UTC)
        sessions.end_all(session, account.id)


def change_password(email: str, password: str) -> None:
    """Give the account another password and end its sessions. Raises NoAccount, WeakPassword."""
    with acting_as(SIGN_IN), transaction() as session:
        give_password(session, _account(session, email), password)


def give_password(session: Session, account: Account, password: str) -> None:
    """Another password for this account; ends its sessions, and no link for a new password is good any more.

    The second factor stays as it is. Raises WeakPassword.
    """
    check_strength(password, account.email, account.name, account.partner or "")
    account.password_hash = hash_password(password)
    sessions.end_all(session, account.id)
    session.execute(delete(PasswordReset).where(PasswordReset.account_id == account.id))
    session.add(AccessEvent(account_id=account.id, kind="password", by=account.name))
    post(session, letters.password_changed(account))


def speak(token: str, language: str) -> None:
    """Keep the language in which the holder of this session wants their pages."""
    with acting_as(SIGN_IN), transaction() as session:
        account = sessions.account_of(session, token, datetime.now(UTC))
        if account is not None:
            account.language = language


def _account(session: Session, email: str) -> Account:
    account = session.scalars(select(Account).where(Account.email == normal_email(email))).one_or_none()
    if account is None:
        raise NoAccount(email)
    return account
