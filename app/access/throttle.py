"""The brake on guessing passwords: a few failures per address and per place, then a wait, never a lock-out.

Each attempt is counted as failed before the password is looked at, and struck out when it was right. So many
attempts at once cannot slip through together, and a crash errs towards the wait.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.access.models import FailedSignIn
from app.access.visits import shortened
from app.vault import Vault

WINDOW = timedelta(minutes=15)
PER_ADDRESS = 5
PER_PLACE = 30
"""Higher than per address: a whole office can sit behind one network address."""


class TooManyAttempts(RuntimeError):
    """Wait for the window to pass."""


@dataclass(frozen=True)
class Attempt:
    """One try to sign in: keyed hashes of the address given and of the network it came from, and that network
    shortened, to be shown to whose address it is."""

    address: bytes
    place: bytes
    shown_place: str = ""


def read_attempt(vault: Vault, email: str, network_address: str | None) -> Attempt:
    """`network_address` is the peer's IP address as text, if known."""
    return Attempt(
        vault.index(f"sign-in/address/{email}"),
        vault.index(f"sign-in/place/{place_of(network_address)}"),
        shortened(network_address),
    )


def place_of(network_address: str | None) -> str:
    """One IPv4 address, or one IPv6 /64, which is what a single customer is given (RFC 6177)."""
    try:
        address = ipaddress.ip_address(network_address or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))


def admit(session: Session, attempt: Attempt, now: datetime) -> tuple[int, ...]:
    """Count this attempt as failed for now; returns the rows to strike out. Raises TooManyAttempts."""
    _take_turns(session, attempt)
    failures = _failures(session, attempt, now)
    if failures.get(attempt.address, 0) >= PER_ADDRESS or failures.get(attempt.place, 0) >= PER_PLACE:
        raise TooManyAttempts
    shown = attempt.shown_place
    rows = [FailedSignIn(key=key, at=now, place=shown) for key in (attempt.address, attempt.place)]
    session.add_all(rows)
    session.flush()
    return tuple(row.id for row in rows)


def earlier_failures(session: Session, attempt: Attempt, rows: tuple[int, ...]) -> Sequence[FailedSignIn]:
    """The failures for this address that are about to be struck out, but for this attempt's own."""
    others = select(FailedSignIn).where(FailedSignIn.key == attempt.address, FailedSignIn.id.not_in(rows))
    return session.scalars(others.order_by(FailedSignIn.at)).all()


def forgive(session: Session, attempt: Attempt, rows: tuple[int, ...]) -> None:
    """The password was right: strike out this attempt, and the earlier failures for the same address."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.id.in_(rows) | (FailedSignIn.key == attempt.address)))


def _take_turns(session: Session, attempt: Attempt) -> None:
    """Hold both keys until the transaction ends, always in this order, so that the counts are exact."""
    for key in (attempt.address, attempt.place):
        session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(key[:8], signed=True))))


def _failures(session: Session, attempt: Attempt, now: datetime) -> dict[bytes, int]:
    counts = (
        select(FailedSignIn.key, func.count())
        .where(FailedSignIn.key.in_((attempt.address, attempt.place)), FailedSignIn.at > now - WINDOW)
        .group_by(FailedSignIn.key)
    )
    return {bytes(key): count for key, count in session.execute(counts)}
