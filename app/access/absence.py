"""Who stands in for somebody who is away: what is newly given to them goes there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.models import Account


def is_away(account: Account, today: date) -> bool:
    """From the first day to the last, both included."""
    begun = account.away_from is not None and account.away_from <= today
    return begun and account.away_until is not None and today <= account.away_until


def stand_in(session: Session, account_id: int, today: date) -> int:
    """Who does this person's new work today: themselves, or whom they named, or whom that one named in turn.

    Somebody whom the viewer cannot see or who cannot sign in is no stand-in; where all name each other in a circle,
    the person keeps it.
    """
    here, seen = account_id, {account_id}
    while True:
        person = session.get(Account, here)
        if person is None or not is_away(person, today) or person.away_to is None:
            return here
        following = session.scalar(
            select(Account.id).where(Account.id == person.away_to, Account.disabled_at.is_(None))
        )
        if following is None:
            return here
        if following in seen:
            return account_id
        seen.add(here := following)
