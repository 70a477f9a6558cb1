"""Rows about what comes in and goes out by files, programs and hooks, for the matrix."""

from __future__ import annotations

from datetime import UTC, datetime

from app.access.models import Account
from app.api.models import ApiToken
from app.database import transaction
from app.entering.models import EnteredSheet
from app.exports.models import Export
from app.hooks.models import Hook, HookDelivery
from app.viewer import MIGRATION, acting_as


def add_what_leaves(accounts: dict[str, Account]) -> None:
    """Of each person, and of two partners."""
    with acting_as(MIGRATION), transaction() as session:
        for account in accounts.values():
            session.add(_export(account))
            session.add(EnteredSheet(account_id=account.id, by="x", country="KE", digest="x", total=0))
        for partner in ("cedc", "wacam"):
            plain = {"name": "x", "scopes": [], "by": "x", "expires_at": datetime(2030, 1, 1, tzinfo=UTC)}
            session.add(ApiToken(token_hash=partner.encode(), partner=partner, **plain))
    _hooks(accounts["partner_lead"])


def _export(account: Account) -> Export:
    """At a place of nobody's, so that only its author sees it. What leads see: tests/app/exports."""
    plain = {"by": "x", "query": "", "kind": "csv", "with_words": False, "reason": "x"}
    return Export(account_id=account.id, place=f"place-{account.id}", **plain)


def _hooks(account: Account) -> None:
    """Of our partner and of another, each with something to send."""
    with acting_as(MIGRATION), transaction() as session:
        for partner in ("cedc", "wacam"):
            hook = Hook(partner=partner, account_id=account.id, url="https://x.example", events=[], secret=b"x")
            session.add(hook)
            session.flush()
            session.add(HookDelivery(hook_id=hook.id, partner=partner, cause="x", event="test", payload={}))
