"""How many people spoke of a gap, week by week."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.gaps.models import Member

WEEKS = 12
WEEK = timedelta(days=7)
BAR_HEIGHT = 100


@dataclass(frozen=True)
class Week:
    """The week that begins on this Monday (UTC). `height` is for the picture: the fullest week has BAR_HEIGHT."""

    monday: date
    reports: int
    people: int
    height: int


def trend(session: Session, gap_id: uuid.UUID, today: date) -> tuple[Week, ...]:
    """The last WEEKS weeks of this gap, this one included, oldest first; weeks without reports among them."""
    mondays = [_monday(today) - n * WEEK for n in reversed(range(WEEKS))]
    counted = _counted(session, gap_id, mondays[0])
    most = max((reports for reports, _ in counted.values()), default=0)
    return tuple(_week(monday, *counted.get(monday, (0, 0)), most) for monday in mondays)


def _counted(session: Session, gap_id: uuid.UUID, since: date) -> dict[date, tuple[int, int]]:
    week = func.date_trunc("week", Member.seen_at, "UTC")
    start = datetime(since.year, since.month, since.day, tzinfo=UTC)
    found = select(week, func.count(), func.count(Member.contact_id.distinct()))
    rows = session.execute(found.where(Member.gap_id == gap_id, Member.seen_at >= start).group_by(week))
    return {at.astimezone(UTC).date(): (reports, people) for at, reports, people in rows}


def _week(monday: date, reports: int, people: int, most: int) -> Week:
    return Week(monday, reports, people, round(BAR_HEIGHT * reports / most) if most else 0)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
