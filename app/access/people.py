"""Signed-in people: from the cookie's token to the viewer that their request acts as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import g

from app.access import sessions
from app.access.models import Account
from app.database import transaction
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.viewer import SIGN_IN, Viewer, acting_as

BEGINS_AT = {"reviewer": "review.figures"}
"""Where people begin who do not triage; the others begin at the directory."""


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in; `language` is that of their pages."""

    viewer: Viewer
    language: str


def person_signed_in(token: str | None) -> Person | None:
    """Who presents this session token, or None when it is missing, unknown, expired or of a disabled account."""
    if not token:
        return None
    now = datetime.now(UTC)
    with acting_as(SIGN_IN), transaction() as session:
        account = sessions.account_of(session, token, now)
        if account is None:
            return None
        return Person(viewer_of(account, current_directory(), now.date()), account.language)


def viewer_of(account: Account, directory: Directory, today: date) -> Viewer:
    """The viewer that this account acts as: partner staff with the entry points their partner serves today."""
    return Viewer(
        kind=account.role,
        account_id=account.id,
        name=account.name,
        partner=account.partner if account.role.startswith("partner") else None,
        entry_points=served_by(account.partner, directory, today)
        if account.role.startswith("partner")
        else frozenset(),
        country=account.country if account.role == "desk" else None,
    )


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


def landing_of(role: str) -> str:
    """The endpoint where people of this role begin their work."""
    triages = role.startswith("partner") or role == "desk"
    return "inbox.reports" if triages else BEGINS_AT.get(role, "who_serves_whom.directory")
