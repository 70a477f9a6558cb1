"""Messages to citizens, and a provider that carries them as a test says."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import Self

from sqlalchemy import select, update

from app.database import transaction
from app.directory.channels import Channel
from app.outbox.delivery import deliver
from app.outbox.models import OutgoingMessage
from app.outbox.queueing import queue
from app.outbox.receipts import take_receipt
from app.queue import TryLater
from app.reports.contacts import meet, stop
from app.reports.models import Contact
from app.viewer import INTAKE, WORKER, acting_as
from sms.message import Accepted, DeliveryReceipt, DeliveryStatus, OutboundSms, SendResult
from tests.builders.reports import a_number

Reply = SendResult | BaseException | Callable[[OutboundSms], SendResult]


class Carrier:
    """Stands where the providers stand: remembers what it was given, and replies as scripted, else accepts."""

    name = "scripted"

    def __init__(self) -> None:
        self.sent: list[OutboundSms] = []
        self._script: deque[Reply] = deque()

    def of(self, _channel: Channel) -> Self:
        return self

    def reply_with(self, *replies: Reply) -> None:
        """Meet the next messages with these, one each: a result, a function of the message, or an exception."""
        self._script.extend(replies)

    def forget_script(self) -> None:
        """Drop what is scripted and was not asked for."""
        self._script.clear()

    def send(self, message: OutboundSms) -> SendResult:
        self.sent.append(message)
        reply = self._script.popleft() if self._script else Accepted(f"id-{uuid.uuid4().hex}")
        if isinstance(reply, BaseException):
            raise reply
        return reply(message) if callable(reply) else reply

    @property
    def bodies(self) -> list[str]:
        return [message.text for message in self.sent]


def a_contact(number: str | None = None) -> Contact:
    """Somebody with this number, by default one that no other test uses."""
    with acting_as(INTAKE), transaction() as session:
        return meet(session, number or a_number(), "KE")


def silence(contact: Contact, channel: str = "twilio-sms-ke") -> None:
    """As if this person had sent STOP to this channel."""
    with acting_as(INTAKE), transaction() as session:
        stop(session.get_one(Contact, contact.id), channel)


def a_message(contact: Contact | None = None, age: timedelta = timedelta(0), **changes: object) -> OutgoingMessage:
    """A stored message with its job, by default of a kind that has no cap; `age` is how long ago it was written."""
    fields = {
        "key": uuid.uuid4().hex,
        "contact_id": (contact or a_contact()).id,
        "channel": "twilio-sms-ke",
        "purpose": "answer",
        "language": "en",
        "body": "Come on Monday.",
    }
    with acting_as(WORKER), transaction() as session:
        message = queue(session, OutgoingMessage(**(fields | changes)))
    if age:
        change(message, created_at=OutgoingMessage.created_at - age, changed_at=OutgoingMessage.changed_at - age)
    return message


def change(message: OutgoingMessage, **values: object) -> None:
    """Set these columns of a stored message."""
    with acting_as(WORKER), transaction() as session:
        session.execute(update(OutgoingMessage).where(OutgoingMessage.id == message.id).values(**values))


def time_passes(message: OutgoingMessage, wait: timedelta) -> None:
    """As if the message had stood unchanged for this long."""
    change(message, changed_at=OutgoingMessage.changed_at - wait)


def stored(message: OutgoingMessage) -> OutgoingMessage:
    """The message as it stands in the database now, detached."""
    with acting_as(WORKER), transaction() as session:
        return session.scalars(select(OutgoingMessage).where(OutgoingMessage.id == message.id)).one()


def state_of(message: OutgoingMessage) -> str:
    return stored(message).state


def deliver_now(message: OutgoingMessage) -> timedelta | None:
    """Run the message's job once, as the worker does; returns how long it asks to wait before it is run again."""
    with acting_as(WORKER):
        try:
            deliver(message=str(message.id))
        except TryLater as later:
            return later.wait
    return None


def a_receipt(
    provider_message_id: str, status: DeliveryStatus, our_id: str | None = None, error: str | None = None
) -> DeliveryReceipt:
    return DeliveryReceipt(provider_message_id, our_id, status, status.name, error)


def receipt_comes(receipt: DeliveryReceipt, channel: str = "twilio-sms-ke") -> None:
    """Take in a receipt, as a webhook does."""
    with acting_as(INTAKE), transaction() as session:
        take_receipt(session, channel, receipt)
