"""The brakes on what anybody may post: so many tries of a kind within an hour, counted in the database.

A try is counted before it is known whether it was right, so many at once cannot slip through together.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func, insert, literal, select
from sqlalchemy.orm import Session

from app.access.throttle import place_of
from app.channels.web.models import WebTry
from app.database import transaction
from app.queue import jobs

WINDOW = timedelta(hours=1)
ROUNDED_TO = timedelta(minutes=5)
"""A network's tries are stamped with the end of the five minutes they fall in, so that a stamp does not tell which
report came from which network."""


@dataclass(frozen=True)
class Brake:
    """At most `most` tries within WINDOW for each thing it is counted by."""

    name: str
    most: int


FILE = Brake("file", 100)
"""Reports for each network place: mobile networks put thousands of people behind one address."""

PHOTOS = Brake("photos", 200)
"""Forms with photos for each network place, whether they are filed or not: decoding takes up to a second."""

OPEN = Brake("open", 10)
"""Wrong secrets for each reference."""

ASK = Brake("ask", 100)
"""Tries to open anything, for each network place: an Argon2 hash costs us 20 ms."""

WRITE = Brake("write", 20)
"""Messages about one report."""


class TooMany(RuntimeError):
    """Wait for the window to pass."""


def place(network_address: str | None) -> str:
    """What a network is counted by; nothing of the address itself is stored."""
    return f"place/{place_of(network_address)}"


def admit(session: Session, brake: Brake, counted_by: str) -> uuid.UUID:
    """Count one try; returns its number, to strike it out again. Raises TooMany."""
    key = current_app.extensions["vault"].index(f"web/{brake.name}/{counted_by}")
    session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(key[:8], signed=True))))
    now, number = datetime.now(UTC), uuid.uuid4()
    at = _rounded(now) if counted_by.startswith("place/") else now
    recent = select(func.count()).where(WebTry.key == key, WebTry.at > now - WINDOW).scalar_subquery()
    row = select(literal(number), literal(key), literal(at)).where(recent < brake.most)
    counted = insert(WebTry).from_select(["id", "key", "at"], row).returning(WebTry.id)
    if session.scalars(counted).one_or_none() is None:
        raise TooMany(brake.name)
    return number


def strike_out(session: Session, *numbers: uuid.UUID) -> None:
    """These tries were right: they do not count."""
    session.execute(delete(WebTry).where(WebTry.id.in_(numbers)))


def _rounded(now: datetime) -> datetime:
    step = ROUNDED_TO.total_seconds()
    return datetime.fromtimestamp((now.timestamp() // step + 1) * step, UTC)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="web.forget_tries", queueing_lock="web.forget_tries")
def forget_tries(**_due: int) -> None:
    """Delete the tries that count no longer."""
    with transaction() as session:
        session.execute(delete(WebTry).where(WebTry.at <= datetime.now(UTC) - WINDOW))
