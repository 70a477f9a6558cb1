"""Publishing: a closed month goes out once, and what had to be corrected goes out again with the next month.

A correction never comes alone, because two editions that differ in one report would say which one it was.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.database import transaction
from app.figures.counting import LOCK, Counts, keep_count, months_so_far, stored_counts
from app.figures.disclosure import rules
from app.figures.models import Edition, PublishedCount
from app.figures.months import is_closed
from app.figures.places import Count, Place
from app.figures.suppression import hide, stays_safe
from app.queue import jobs

log = logging.getLogger("app.figures")

MEASURES = ("reports", "people", "gaps", "cases", "fixes")
Shown = Mapping[Place, tuple[int, ...] | None]
"""The numbers of each cell in the order of MEASURES, or None where it is kept back."""


@jobs.periodic(cron="53 3 * * *")
@jobs.task(name="figures.publish", lock=LOCK, queueing_lock="figures.publish")
def publish(**_due: int) -> None:
    """Publish the months that have been closed since, and with them what became otherwise of earlier ones."""
    publish_due(datetime.now(UTC))


def publish_due(now: datetime) -> None:
    """The same as of this moment."""
    closed = [month for month in months_so_far(now) if is_closed(month, now)]
    editions = _newest_editions()
    fresh = [month for month in closed if month not in editions]
    for month in fresh:
        keep_count(month)
        with transaction() as session:
            counts = stored_counts(session, month)
            _store(session, month, 1, shown_of(counts, hide(counts, rules())))
    for month in editions if fresh else ():
        with transaction() as session:
            _correct(session, month, editions[month])


def shown_of(counts: Counts, hidden: frozenset[Place]) -> Shown:
    """What is published of these counts."""
    return {
        place: None if place in hidden else _numbers(counts[place])
        for place in counts.keys() | hidden
        if place in hidden or any(_numbers(counts[place]))
    }


def _newest_editions() -> dict[date, int]:
    with transaction() as session:
        found = session.execute(select(Edition.month, Edition.number).order_by(Edition.number))
        return dict(found.all())


def _correct(session: Session, month: date, number: int) -> None:
    """Publish the month anew where it is otherwise now, unless the earlier figures would tell what is hidden."""
    counts, before = stored_counts(session, month), _published(session, month, number)
    hidden_before = frozenset(place for place, numbers in before.items() if numbers is None)
    padded = counts | {place: Count() for place in hidden_before - counts.keys()}
    shown = shown_of(padded, hide(padded, rules(), hidden_before))
    if shown == before:
        return
    if stays_safe(counts, rules(), hidden_before):
        _store(session, month, number + 1, shown)
    else:
        log.warning("%s is not corrected: held against its earlier figures, the new ones would say too much", month)


def _published(session: Session, month: date, number: int) -> Shown:
    cells = select(PublishedCount).where(PublishedCount.month == month, PublishedCount.edition == number)
    return {Place(cell.country, cell.sector, cell.area): _numbers_of(cell) for cell in session.scalars(cells)}


def _store(session: Session, month: date, number: int, shown: Shown) -> None:
    session.add(Edition(month=month, number=number))
    session.flush()
    rows = [_row(month, number, place, numbers) for place, numbers in shown.items()]
    if rows:
        session.execute(insert(PublishedCount), rows)


def _row(month: date, number: int, place: Place, numbers: tuple[int, ...] | None) -> dict[str, Any]:
    said = zip(MEASURES, numbers or (None,) * len(MEASURES), strict=True)
    return {"month": month, "edition": number, **place._asdict(), **dict(said)}


def _numbers(count: Count) -> tuple[int, ...]:
    said = asdict(count)
    return tuple(said[name] for name in MEASURES)


def _numbers_of(cell: PublishedCount) -> tuple[int, ...] | None:
    numbers = tuple(getattr(cell, name) for name in MEASURES)
    return None if None in numbers else numbers
