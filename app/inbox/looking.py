"""What somebody has read: a report is unread until they open it, and again when the person says more.

What was said longer ago than a month counts as read: nobody reads on that far, and what waits is found by its due
date, not by its type being bold.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.database import transaction
from app.inbox.beside.models import Presence
from app.inbox.beside.presence import be_here
from app.inbox.following.models import Notice
from app.inbox.models import InboxHabit, Look
from app.reports.models import Report
from app.viewer import current_viewer

REMEMBERED = timedelta(days=30)


def look(reference: str) -> None:
    """Note that the viewer has opened this report just now, is at it, and so has read what they were told of it.
    Two windows at once are one look."""
    try:
        with transaction() as session:
            rows = session.execute(_noted(reference)).all()
            for report, before, here, _told in rows[:1]:
                _note(session, report, before)
                be_here(session, report, here)
            for *_same, told in rows:
                if told is not None:
                    told.read_at = datetime.now(UTC)
    except IntegrityError:
        return


def read_everything(session: Session) -> None:
    """Everything that has been said until now counts as read."""
    habit_of_viewer(session).read_until = datetime.now(UTC)


def habit_of_viewer(session: Session) -> InboxHabit:
    """The viewer's habit, in the session; a new one where there is none yet."""
    me = current_viewer().account_id
    habit = session.get(InboxHabit, me, with_for_update=True)
    if habit is None:
        habit = InboxHabit(account_id=me, views=[])
        session.add(habit)
    return habit


def is_unread() -> ColumnElement[bool]:
    """Whether the viewer has yet to read what was said about a report."""
    me = current_viewer().account_id
    seen = select(Look.at).where(Look.account_id == me, Look.report_id == Report.id, Look.at >= Report.said_at)
    until = select(InboxHabit.read_until).where(InboxHabit.account_id == me).scalar_subquery()
    since = func.greatest(until, datetime.now(UTC) - REMEMBERED)
    return and_(Report.said_at > since, ~seen.correlate(Report).exists())


def _noted(reference: str) -> Select[Any]:
    """This report with the viewer's look at it, their presence, and each unread word that they were told of it."""
    me = current_viewer().account_id
    looked, here, told = (
        and_(one.report_id == Report.id, one.account_id == me, *more)
        for one, *more in ((Look,), (Presence,), (Notice, Notice.read_at.is_(None)))
    )
    found = select(Report, Look, Presence, Notice).outerjoin(Look, looked).outerjoin(Presence, here)
    return found.outerjoin(Notice, told).where(Report.reference == reference)


def _note(session: Session, report: Report, before: Look | None) -> None:
    now = datetime.now(UTC)
    if before is None:
        session.add(Look(account_id=current_viewer().account_id, report_id=report.id, at=now))
    else:
        before.at = now
