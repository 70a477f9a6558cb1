"""What somebody has read: a report is unread until they open it, and again when the person says more.

What was said longer ago than a month counts as read: nobody reads on that far, and what waits is found by its due
date, not by its type being bold.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.database import transaction
from app.inbox.following.models import Notice
from app.inbox.models import InboxHabit, Look
from app.reports.models import Report
from app.viewer import current_viewer

REMEMBERED = timedelta(days=30)


def look(reference: str) -> None:
    """Note that the viewer has opened this report just now, and so read what they were told of it. Two windows at
    once are one look."""
    try:
        with transaction() as session:
            report_id = session.scalars(select(Report.id).where(Report.reference == reference)).one_or_none()
            if report_id is not None:
                _note(session, report_id)
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


def _note(session: Session, report_id: uuid.UUID) -> None:
    me, now = current_viewer().account_id, datetime.now(UTC)
    before = session.get(Look, (me, report_id))
    if before is None:
        session.add(Look(account_id=me, report_id=report_id, at=now))
    else:
        before.at = now
    told = select(Notice).where(Notice.account_id == me, Notice.report_id == report_id, Notice.read_at.is_(None))
    for notice in session.scalars(told).all():
        notice.read_at = now
