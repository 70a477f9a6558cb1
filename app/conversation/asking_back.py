"""What an order asks back before it is carried out: one thing for each person, answered where it was asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.conversation.orders import Order
from app.intake.incoming import Received
from app.understanding.orders import Name

WAIT = timedelta(hours=24)
"""A "1" that comes later is about something else."""


def wait_for_reply(order: Order) -> None:
    """Take the next words of this person on this channel as the answer."""
    contact = order.contact
    contact.asked_back, contact.asked_back_on = order.name, order.channel
    contact.asked_back_at = datetime.now(UTC)


def waits_since(received: Received) -> datetime | None:
    """Since when an order waits for the answer that this message may be; None where none does."""
    contact = received.sender.contact
    if contact is None or contact.asked_back_at is None or contact.asked_back_on != received.incoming.channel.slug:
        return None
    return contact.asked_back_at if datetime.now(UTC) - contact.asked_back_at < WAIT else None


def is_waiting(order: Order, name: Name) -> bool:
    return order.contact.asked_back == name and waits_since(order.received) is not None


def wait_no_more(order: Order) -> None:
    contact = order.contact
    contact.asked_back = contact.asked_back_on = contact.asked_back_at = None
