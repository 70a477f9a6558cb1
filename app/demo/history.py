"""Eighteen months of reports before now, of which there are figures: written all at once, to be quick."""

from __future__ import annotations

import tomllib
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.access.models import Account
from app.database import transaction
from app.demo.telling import Colleagues, Teller, Told
from app.demo.writing import write
from app.figures.counting import keep_count, months_so_far
from app.figures.months import begin, month_of, next_month, previous_month
from app.figures.publishing import publish_due
from app.gaps.models import Gap
from app.reports.sealing import seal_left
from app.viewer import COMMAND, WORKER, acting_as

FILE = Path(__file__).parent / "history.toml"
AT_ONCE = 500
SAME_PERSON_AGAIN, NOBODY_KNOWN = 0.1, 0.08


def add_history() -> None:
    """Write the past months, once: not again where anything has been gathered."""
    now = datetime.now(UTC)
    with acting_as(COMMAND), transaction() as session:
        colleagues = _colleagues(session)
    with acting_as(WORKER), transaction() as session:
        if not session.scalar(select(exists().select_from(Gap).where(Gap.id.is_not(None)))):
            write(session, list(_told(Teller(now, colleagues))))
            while seal_left(session, AT_ONCE):
                session.flush()


def publish_history() -> None:
    """Count what is there, and publish the months that are closed."""
    now = datetime.now(UTC)
    with acting_as(WORKER):
        for month in months_so_far(now):
            keep_count(month)
        publish_due(now)


def _colleagues(session: Session) -> Colleagues:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    people = select(Account.partner, Account.id, Account.name).where(Account.is_demo, Account.partner.is_not(None))
    for partner, number, name in session.execute(people.order_by(Account.id)):
        found[partner].append((number, name))
    return {partner: tuple(those) for partner, those in found.items()}


def _told(teller: Teller) -> Iterator[Told]:
    for place in tomllib.loads(FILE.read_text(encoding="utf-8"))["place"]:
        for month, people in zip(_months(teller.now, len(place["people"])), place["people"], strict=True):
            for _person in range(people):
                yield from _person_told(teller, place, month)


def _months(now: datetime, number: int) -> list[date]:
    """So many up to this one, oldest first."""
    months = [month_of(now)]
    while len(months) < number:
        months.append(previous_month(months[-1]))
    return months[::-1]


def _person_told(teller: Teller, place: dict[str, Any], month: date) -> Iterator[Told]:
    """What somebody reported in this month: mostly once. What is still to come this month, nobody has told yet."""
    person = None if teller.happens(NOBODY_KNOWN) else uuid.uuid4()
    for _time in range(1 + teller.happens(SAME_PERSON_AGAIN)):
        at = teller.minute_of(begin(month), begin(next_month(month)))
        if at < teller.now:
            yield teller.tell(place["country"], place["sector"], place.get("area"), person, at)
