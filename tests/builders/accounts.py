"""Accounts of staff, valid by default."""

from __future__ import annotations

from itertools import count

from app.access.accounts import new_account
from app.access.models import Account
from app.database import transaction
from app.viewer import COMMAND, acting_as

PASSWORD = "a long enough test phrase"
_numbers = count(1)


def an_account(
    role: str = "partner_lead",
    partner: str | None = "cedc",
    country: str | None = None,
    language: str = "en",
    password: str = PASSWORD,
) -> Account:
    """A stored account; by default a lead at CEDC, so at Kenya's health entry point."""
    number = next(_numbers)
    partner = partner if role.startswith("partner") else None
    account = new_account(
        f"person{number}@example.org",
        f"{role} {number}",
        password,
        role,
        partner=partner,
        country=country or ("KE" if role == "desk" else None),
        language=language,
    )
    with acting_as(COMMAND), transaction() as session:
        session.add(account)
    return account
