"""How many messages of a kind one person may get (contracts, message table). Checked when a message is about to
be sent, under that person's lock, so the count is exact across workers and restarts; spending fails closed.

Windows are measured between the times at which messages were written: those that waited out a provider's failure
leave together afterwards, and must not be more for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.outbox.models import OutgoingMessage

NOT_SENT = ("ready", "dead")
"""Unless in doubt: a message that may have been sent counts as sent."""


@dataclass(frozen=True)
class Cap:
    """At most `count` messages within `window`, counted per number or per report."""

    count: int
    window: timedelta
    per_report: bool = False


CAPS = {
    "acknowledgment": Cap(20, timedelta(days=1)),
    "question": Cap(40, timedelta(days=1)),  # two for each report that may still be acknowledged
    "update": Cap(3, timedelta(days=1), per_report=True),
    "was_it_solved": Cap(1, timedelta(days=7), per_report=True),
    "reminder": Cap(1, timedelta(days=7), per_report=True),
    "state": Cap(20, timedelta(days=1)),
    "reply": Cap(20, timedelta(days=1)),
    "fixed": Cap(1, timedelta(minutes=10)),
}
"""A partner's words have no cap: each was written by a person, for this person."""


def is_capped(session: Session, message: OutgoingMessage) -> bool:
    """Whether this person has had all the messages of this kind that they may get around its time."""
    cap = CAPS.get(message.purpose)
    if cap is None:
        return False
    sent = select(func.count()).where(
        OutgoingMessage.contact_id == message.contact_id,
        OutgoingMessage.purpose == message.purpose,
        OutgoingMessage.created_at > message.created_at - cap.window,
        OutgoingMessage.created_at < message.created_at + cap.window,
        or_(OutgoingMessage.state.not_in(NOT_SENT), OutgoingMessage.doubts > 0),
        OutgoingMessage.id != message.id,
    )
    if cap.per_report:
        sent = sent.where(OutgoingMessage.report_id == message.report_id)
    return session.scalars(sent).one() >= cap.count
