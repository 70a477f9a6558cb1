"""Signed-in people: from the cookie's token to the viewer that their request acts as."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import g

from app.access import sessions
from app.access.models import Account, Membership, SignInSession
from app.database import transaction
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.viewer import PARTNER_ROLES, SIGN_IN, Viewer, acting_as

BEGINS_AT = {"reviewer": "review.figures"}
"""Where people begin who do not triage; the others begin at the directory."""


@dataclass(frozen=True)
class Seat:
    """Where somebody may act: at their own place (`membership` None) or at a further partner."""

    membership: int | None
    role: str
    partner: str | None
    country: str | None


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in, at one browser; `language` is that of their pages.

    `session` names the session on pages, `proved_at` is when they last gave their password (and code) in it;
    `elsewhere` are the seats to which they may switch.
    """

    viewer: Viewer
    language: str
    session: uuid.UUID
    proved_at: datetime
    has_factor: bool
    is_demo: bool
    elsewhere: tuple[Seat, ...] = ()


def person_signed_in(token: str | None) -> Person | None:
    """Who presents this session token, or None when it is missing, unknown, expired or of a disabled account."""
    if not token:
        return None
    now = datetime.now(UTC)
    with acting_as(SIGN_IN), transaction() as session:
        found = sessions.live(session, token, now)
        return _person(found, now.date()) if found else None


def _person(found: SignInSession, today: date) -> Person:
    account = found.account
    here = next((one for one in account.memberships if one.id == found.membership_id), None)
    return Person(
        viewer=viewer_of(account, current_directory(), today, here),
        language=account.language,
        session=found.number,
        proved_at=found.proved_at,
        has_factor=account.factor_secret is not None,
        is_demo=account.is_demo,
        elsewhere=tuple(seat for seat in seats_of(account) if seat.membership != (here.id if here else None)),
    )


def seats_of(account: Account) -> tuple[Seat, ...]:
    """Their own place first. The account's memberships must have been loaded with it."""
    own = Seat(None, account.role, account.partner, account.country)
    return (own, *(Seat(one.id, one.role, one.partner, None) for one in account.memberships))


def viewer_of(account: Account, directory: Directory, today: date, here: Membership | None = None) -> Viewer:
    """The viewer that this account acts as, at its own place or `here`.

    Partner staff with the entry points their partner serves today, of which a member may be confined to some.
    """
    at = here or account
    is_partners = at.role in PARTNER_ROLES
    return Viewer(
        kind=at.role,
        account_id=account.id,
        name=account.name,
        partner=at.partner if is_partners else None,
        entry_points=_confined(served_by(at.partner, directory, today), at) if is_partners else frozenset(),
        country=account.country if at.role == "desk" else None,
    )


def _confined(served: frozenset[str], at: Account | Membership) -> frozenset[str]:
    is_member = at.role == "partner_member"
    return served & frozenset(at.entry_points) if is_member and at.entry_points is not None else served


def served_by(partner: str | None, directory: Directory, today: date) -> frozenset[str]:
    """The slugs of the entry points at which this partner has a part today, leading or supporting."""
    return frozenset(
        entry.slug
        for entry in directory.entry_points
        if any(service.partner == partner and service.is_valid(today) for service in entry.serving)
    )


def current_person() -> Person | None:
    """Who is signed in on this request, as far as its gate asked."""
    return g.get("person")


def signed_in_person() -> Person:
    """Who is signed in, on a page whose gate let in only those who are."""
    person = current_person()
    if person is None:
        raise LookupError("no gate has let anybody in")
    return person


def own_id() -> int:
    """The account of who is signed in."""
    own = signed_in_person().viewer.account_id
    if own is None:
        raise LookupError("this viewer has no account")
    return own


def landing_of(role: str) -> str:
    """The endpoint where people of this role begin their work."""
    triages = role.startswith("partner") or role == "desk"
    return "inbox.reports" if triages else BEGINS_AT.get(role, "who_serves_whom.directory")
