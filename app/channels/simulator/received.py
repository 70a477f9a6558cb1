"""What the simulated phone got: the messages to one number, and nothing else of anybody."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.channels.simulator.phones import Phone
from app.database import transaction
from app.outbox.listing import words_of
from app.outbox.models import OutgoingMessage
from app.reports.models import Contact
from app.viewer import INTAKE, acting_as
from sms.segments import Segments, count

MOST = 60
"""Messages of one phone that are shown: more than a person reads on such a screen."""


@dataclass(frozen=True)
class Received:
    """A message to this phone, on its way or there. `provider_message_id` is None until its provider has it."""

    id: uuid.UUID
    channel: str
    body: str
    state: str
    error: str | None
    provider_message_id: str | None
    at: datetime

    @property
    def segments(self) -> Segments:
        return count(self.body)


def messages_of(phone: Phone) -> list[Received]:
    """The newest messages to this phone since it is on, oldest first.

    Only intake may find a number's messages, so this one statement runs as intake: it reads, it takes the number
    from a SIM, and nothing of the contact leaves it. The caller's own transaction must have ended.
    """
    with acting_as(INTAKE), transaction() as session:
        found = [_read(session, message) for message in session.scalars(_newest(phone).limit(MOST))]
    return found[::-1]


def message_of(phone: Phone, message_id: str) -> Received | None:
    """The message with this id, if it went to this phone."""
    return next((message for message in messages_of(phone) if str(message.id) == message_id), None)


def _newest(phone: Phone) -> Select[tuple[OutgoingMessage]]:
    mine = Contact.number_index == current_app.extensions["vault"].index(phone.number)
    to_phone = select(OutgoingMessage).join(Contact, Contact.id == OutgoingMessage.contact_id).where(mine)
    return to_phone.where(OutgoingMessage.created_at >= phone.since).order_by(OutgoingMessage.created_at.desc())


def _read(session: Session, message: OutgoingMessage) -> Received:
    return Received(
        message.id,
        message.channel,
        words_of(session, message),
        message.state,
        message.error,
        message.provider_message_id,
        message.created_at,
    )
