"""From lines of timelines to notices: a job that looks each minute at the lines of which nobody has been told yet.

The notices and the mark on the line are one transaction, so whatever crashes, each person is told of it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, selectinload

from app.database import transaction
from app.inbox.following.concerning import concerned, letter_for
from app.inbox.following.followers import following_each
from app.inbox.following.models import AT_ONCE, LetterChoice, Notice, usual_choice
from app.inbox.following.posting import write_soon
from app.inbox.following.readers import Reader, named_readers, readers
from app.queue import Job, jobs, put
from app.reports.models import Event

MOST_LINES = 200
MOST_BATCHES = 50
"""In one run: 10,000 lines. What is left waits for the next one."""

REMEMBERED = timedelta(days=180)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="inbox.tell", queueing_lock="inbox.tell")
def tell(**_due: int) -> None:
    """Tell everybody whom they concern of the lines that are fresh."""
    people = readers()
    for _batch in range(MOST_BATCHES):
        with transaction() as session:
            found = tell_some(session, people)
        if found < MOST_LINES:
            return


def tell_some(session: Session, people: Mapping[int, Reader]) -> int:
    """Tell of the oldest fresh lines; returns how many there were."""
    fresh = select(Event).where(Event.fresh).order_by(Event.id).limit(MOST_LINES).with_for_update(skip_locked=True)
    events = session.scalars(fresh.options(selectinload(Event.report))).all()
    if not events:
        return 0
    reports = list({event.report_id: event.report for event in events}.values())
    following, named = following_each(session, reports), named_readers(session, reports)
    choices = {choice.account_id: choice for choice in session.scalars(select(LetterChoice))}
    rows = [
        _row(number, event, kind, choices.get(number) or usual_choice(number))
        for event in events
        for number, kind in concerned(event, event.report, following[event.report_id], people, named).items()
    ]
    if rows:
        session.execute(insert(Notice).on_conflict_do_nothing(), rows)
    if any(row["letter"] == AT_ONCE for row in rows):
        put(session, Job(write_soon))
    for event in events:
        event.fresh = False
    return len(events)


@jobs.periodic(cron="40 3 * * *")
@jobs.task(name="inbox.forget_notices", queueing_lock="inbox.forget_notices")
def forget_notices(**_due: int) -> None:
    """Old notices go: what happened stays on the timelines."""
    with transaction() as session:
        session.execute(delete(Notice).where(Notice.at < datetime.now(UTC) - REMEMBERED))


def _row(number: int, event: Event, kind: str, choice: LetterChoice) -> dict[str, Any]:
    return {
        "account_id": number,
        "report_id": event.report_id,
        "event_id": event.id,
        "kind": kind,
        "at": event.at,
        "letter": letter_for(kind, choice),
    }
