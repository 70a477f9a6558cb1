"""Rows of what goes on around reports in the inbox: bulk acts, people beside each other, macros."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from app.access.models import Account
from app.database import transaction
from app.inbox.beside.models import Draft, Presence
from app.inbox.bulk.models import BulkAct, BulkItem
from app.inbox.macros.models import Macro
from app.viewer import MIGRATION, acting_as

TRIAGE = ("desk", "partner_lead", "partner_member")


def add_bulk_acts(accounts: dict[str, Account], report: UUID) -> None:
    """One of each person who triages, about one report."""
    with acting_as(MIGRATION), transaction() as session:
        for account in (accounts[kind] for kind in TRIAGE):
            act = BulkAct(id=uuid4(), account_id=account.id, steps={}, total=1)
            session.add(act)
            session.flush()
            item = {"place": 1, "account_id": account.id, "report_id": report, "reference": "KE-0000000"}
            session.add(BulkItem(bulk_id=act.id, seen={}, **item))


def add_people_beside(accounts: dict[str, Account], reports: Iterable[UUID]) -> None:
    """Somebody at each report, and one draft of each person who triages."""
    people = [accounts[kind].id for kind in TRIAGE]
    first = next(iter(reports))
    with acting_as(MIGRATION), transaction() as session:
        session.add_all(Presence(report_id=one, account_id=people[0], name="cedc: lead") for one in reports)
        session.add_all(Draft(account_id=one, report_id=first, kind="note", sealed=b"sealed") for one in people)


def add_macros() -> None:
    """One of our partner, one of its country's desk, one of another partner."""
    with acting_as(MIGRATION), transaction() as session:
        session.add_all(Macro(place=place, name="Thank them", steps={}) for place in ("cedc", "ke-desk", "wacam"))
