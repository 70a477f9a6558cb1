"""What stands in the database, read for assertions."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select

from app.database import Base, transaction
from app.outbox.models import OutgoingMessage
from app.reports.models import Event, IncomingMessage, Report
from app.viewer import WORKER, acting_as

Row = TypeVar("Row", bound=Base)


def rows(model: type[Row], order: Any = None) -> list[Row]:
    """Every row of this model, detached."""
    with acting_as(WORKER), transaction() as session:
        return list(session.scalars(select(model).order_by(order)))


def reports() -> list[Report]:
    return rows(Report, Report.created_at)


def messages_in() -> list[IncomingMessage]:
    return rows(IncomingMessage, IncomingMessage.received_at)


def messages_out() -> list[OutgoingMessage]:
    """What was queued for people, but for the privacy notice, which follows everybody's first acknowledgment."""
    return [message for message in all_messages_out() if message.purpose != "privacy_notice"]


def all_messages_out() -> list[OutgoingMessage]:
    return rows(OutgoingMessage, OutgoingMessage.created_at)


def events() -> list[Event]:
    return rows(Event, Event.id)
