"""Saved views at each partner that has staff in the demo: shared ones, as a team would have made them."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.access.models import Account
from app.inbox.models import SavedView

SHARED = (
    ("Urgent and nobody's", "tab=unassigned&priority=1"),
    ("Waiting longest", "tab=open&sort=untouched"),
    ("By phone menu", "tab=open&channel=ussd"),
)


def add_views(session: Session) -> None:
    """Give every lead's partner these views, once: not again where there is any view."""
    if session.scalar(select(exists().where(SavedView.id.is_not(None)))):
        return
    leads = session.execute(
        select(Account.id, Account.partner).where(Account.role == "partner_lead", Account.is_demo)
    )
    for account_id, partner in leads.all():
        for name, query in SHARED:
            session.add(SavedView(account_id=account_id, place=partner, name=name, query=query))
