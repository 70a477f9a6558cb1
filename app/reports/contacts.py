"""The contact vault: who can be answered, by a number that only intake and the worker ever open."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from app.reports.models import Contact
from app.vault import Vault


def meet(session: Session, number: str, country: str | None) -> Contact:
    """The contact of this E.164 number, created if new; locked until the transaction ends.

    The lock makes one person's messages take their turn, so two at once cannot answer one question twice.
    """
    return session.scalars(_meeting(), contact_row(number, country)).one()


@cache
def _meeting() -> ReturningInsert[tuple[Contact]]:
    """Built once: to build it took longer than to run it, and every message and every screen runs it."""
    new = insert(Contact).execution_options(dml_strategy="orm")  # else the values come too late for the cache
    return new.on_conflict_do_update(index_elements=[Contact.number_index], set_=_seen_again(new)).returning(
        Contact
    )


def known(session: Session, number: str) -> Contact | None:
    """The contact of this E.164 number, if there is one."""
    return session.scalars(select(Contact).where(Contact.number_index == _vault().index(number))).one_or_none()


def contact_row(number: str, country: str | None) -> dict[str, Any]:
    """The values of a new contact of this E.164 number."""
    vault = _vault()
    index = vault.index(number)
    sealed = vault.seal(number, _place(index))
    return {"id": uuid.uuid4(), "number_index": index, "number_sealed": sealed, "country": country}


def _seen_again(new: Insert) -> dict[str, Any]:
    """The number too: it is known once more where it had been erased."""
    again = new.excluded
    return {"last_seen": func.now(), "number_sealed": again.number_sealed, "country": again.country}


def number_of(contact: Contact) -> str:
    """The E.164 number. Only for handing to a provider: never log it, never show it."""
    return _vault().open(contact.number_sealed, _place(contact.number_index))


def stop(contact: Contact, channel: str) -> None:
    """Send nothing more to this person from this number of ours; other numbers are not concerned."""
    if channel not in contact.stopped:
        contact.stopped = [*contact.stopped, channel]


def start(contact: Contact, channel: str) -> None:
    """Take back a stop."""
    contact.stopped = [stopped for stopped in contact.stopped if stopped != channel]


def _place(index: bytes) -> str:
    return f"contact/number/{index.hex()}"


def _vault() -> Vault:
    return current_app.extensions["vault"]
