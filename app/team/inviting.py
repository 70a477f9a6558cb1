"""Asking somebody to join, and joining: by a letter whose link is good once and for a week.

With it they choose their own password. Who has an account at another partner joins with that one, and may then
switch between the two.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.access import sessions
from app.access.accounts import new_account
from app.access.models import AccessEvent, Account, Invitation, Membership
from app.access.sign_in import normal_email, record
from app.access.visits import Visit
from app.database import transaction
from app.mail.letter import is_address
from app.mail.posting import post
from app.team import letters
from app.team.rules import NotYours, may_give
from app.viewer import PARTNER_ROLES, SIGN_IN, Viewer, acting_as
from sms.text import clean

GOOD_FOR = timedelta(days=7)
MOST_A_DAY = 30
"""Letters that one person may have us send."""

LONGEST_NAME = 80


class BadInvitation(ValueError):
    """It cannot be sent; `fault` is one of `address`, `place`, `known`, `many`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class DeadInvitation(LookupError):
    """The link has been used, is too old, was taken back, or never was."""


class NoName(ValueError):
    """Nobody joins without a name."""


@dataclass(frozen=True)
class Asked:
    """What the page of an invitation shows; `has_account` where the person joins with the one they have."""

    email: str
    role: str
    partner: str | None
    country: str | None
    language: str
    by: str
    has_account: bool


def invite(viewer: Viewer, email: str, role: str, partner: str | None, country: str | None, language: str) -> None:
    """Send a letter; an earlier one to the same address for the same place is worth nothing any more.

    Raises BadInvitation.
    """
    email, now = normal_email(email), datetime.now(UTC)
    place = partner if role in PARTNER_ROLES else None, country if role == "desk" else None
    if not is_address(email):
        raise BadInvitation("address")
    if not may_give(viewer, role, *place) or viewer.account_id is None:
        raise BadInvitation("place")
    token = secrets.token_urlsafe(32)
    with acting_as(SIGN_IN), transaction() as session:
        _check(session, viewer.account_id, email, role, place[0], now)
        invitation = Invitation(
            token_hash=_hash(token),
            email=email,
            role=role,
            partner=place[0],
            country=place[1],
            language=language,
            by=viewer.name,
            by_account=viewer.account_id,
            at=now,
        )
        session.add(invitation)
        post(session, letters.invitation(invitation, token))


def take_back(viewer: Viewer, invitation_id: int) -> None:
    """Make the link worthless. Raises NotYours."""
    with acting_as(SIGN_IN), transaction() as session:
        found = session.get(Invitation, invitation_id)
        if found is None or not may_give(viewer, found.role, found.partner, found.country):
            raise NotYours
        session.delete(found)


def look_at(token: str) -> Asked:
    """Raises DeadInvitation."""
    with acting_as(SIGN_IN), transaction() as session:
        found = _invitation(session, token)
        has_account = _account_with(session, found.email) is not None
        place = found.partner, found.country
        return Asked(found.email, found.role, *place, found.language, found.by, has_account)


def join(token: str, name: str, password: str, visit: Visit) -> str | None:
    """Use up the link; returns the token of a session of the new account, or None where one joined with theirs.

    Raises DeadInvitation, WeakPassword, NoName.
    """
    with acting_as(SIGN_IN), transaction() as session:
        found = _invitation(session, token)
        known = _account_with(session, found.email)
        if known is None:
            account = _new_account(session, found, name, password)
        else:
            account = known
            _add_membership(session, found, known)
        session.delete(found)
        session.add(AccessEvent(account_id=account.id, kind="joined", by=found.by))
        if known is not None:
            return None
        record(session, account.id, "signed_in", visit)
        return sessions.start(session, account.id, datetime.now(UTC), visit)


def _new_account(session: Session, found: Invitation, name: str, password: str) -> Account:
    called = " ".join(clean(name).split())[:LONGEST_NAME]
    if not called:
        raise NoName
    account = new_account(found.email, called, password, found.role, found.partner, found.country, found.language)
    session.add(account)
    session.flush()
    return account


def _add_membership(session: Session, found: Invitation, account: Account) -> None:
    """Raises DeadInvitation where the account has changed so that it cannot join any more."""
    if not _may_join(session, account, found.role, found.partner) or found.partner is None:
        raise DeadInvitation
    session.add(Membership(account_id=account.id, role=found.role, partner=found.partner))


def _check(session: Session, by: int, email: str, role: str, partner: str | None, now: datetime) -> None:
    """Raises BadInvitation; forgets invitations that have run out, and earlier ones to the same place."""
    session.execute(delete(Invitation).where(Invitation.at < now - GOOD_FOR))
    lately = select(func.count()).select_from(Invitation)
    sent = session.scalar(lately.where(Invitation.by_account == by, Invitation.at > now - timedelta(days=1)))
    if (sent or 0) >= MOST_A_DAY:
        raise BadInvitation("many")
    known = _account_with(session, email)
    if known is not None and not _may_join(session, known, role, partner):
        raise BadInvitation("known")
    session.execute(
        delete(Invitation).where(Invitation.email == email, Invitation.partner.is_not_distinct_from(partner))
    )


def _may_join(session: Session, account: Account, role: str, partner: str | None) -> bool:
    """Whether this account may take a further place: partner staff at a partner where they are not yet."""
    if account.role not in PARTNER_ROLES or role not in PARTNER_ROLES or account.partner == partner:
        return False
    there = select(Membership.id).where(Membership.account_id == account.id, Membership.partner == partner)
    return account.disabled_at is None and session.scalar(there) is None


def _account_with(session: Session, email: str) -> Account | None:
    return session.scalars(select(Account).where(Account.email == email)).one_or_none()


def _invitation(session: Session, token: str) -> Invitation:
    """Locked: of two at once with one link a single one finds it."""
    since = datetime.now(UTC) - GOOD_FOR
    good = select(Invitation).where(Invitation.token_hash == _hash(token), Invitation.at > since)
    found = session.scalars(good.with_for_update()).one_or_none()
    if found is None:
        raise DeadInvitation
    return found


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
