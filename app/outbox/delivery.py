"""Sending one message: claim it, ask the provider with no transaction open, settle what came of it.

`attempting` is committed before the call, so a crash in the middle is seen afterwards as `unknown`: then the
receipt is waited for, and the message is sent at most once more. That is the published bound on duplicates.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import transaction
from app.directory.current import channel_named
from app.outbox.caps import is_capped
from app.outbox.listing import words_of
from app.outbox.models import OutgoingMessage
from app.outbox.receipts import take_turns, use_early_receipts
from app.outbox.states import is_forward
from app.outbox.words_as_text import choose_words
from app.queue import Patience, TryLater, jobs
from app.reports.contacts import number_of, stop
from app.reports.models import Contact
from sms.message import Accepted, OutboundSms, Provider, Refused, SendResult, TryAgain, Unknown

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=2)
MOST_ATTEMPTS = 14
"""Fifteen seconds doubled up to two hours: about ten hours of trying, so a night's outage is survived."""

SETTLE_WAIT = timedelta(minutes=2)
"""How long a receipt may take to settle a message of which nobody knows whether it was accepted."""

MOST_DOUBTS = 2
"""A message in doubt is sent once more; in doubt again, it is left to the receipt."""


@dataclass(frozen=True)
class Attempt:
    """A claimed message, detached from the database."""

    channel: str
    provider: Provider
    sms: OutboundSms


@jobs.task(name="outbox.deliver", queue="outbox", retry=Patience())
def deliver(message: str) -> None:
    """Send the message with this id, unless it needs no sending any more. Raises TryLater to be run again."""
    message_id = uuid.UUID(message)
    attempt = _claim(message_id)
    if attempt is not None:
        _settle(message_id, attempt.channel, attempt.provider.send(attempt.sms))


def _claim(message_id: uuid.UUID) -> Attempt | None:
    with transaction() as session:
        message = _locked(session, message_id)
        in_doubt = message.state == "attempting" or (message.state == "unknown" and _is_fresh(message))
        attempt = None if in_doubt else _start(session, message)
        if message.state == "attempting" and in_doubt:
            _move(message, "unknown", "the worker stopped while sending")
    if in_doubt:
        raise TryLater(SETTLE_WAIT)
    return attempt


def _start(session: Session, message: OutgoingMessage) -> Attempt | None:
    """Mark the message as being sent, or say why it never will be."""
    if message.state not in ("ready", "unknown"):
        return None
    contact = _taking_turns(session, message.contact_id)
    obstacle = _obstacle(session, message, contact)
    if obstacle:
        _move(message, "dead", obstacle)
        return None
    choose_words(session, message)
    attempt = _attempt(session, message, contact)
    message.attempts += 1
    _move(message, "attempting", None)
    return attempt


def _obstacle(session: Session, message: OutgoingMessage, contact: Contact) -> str | None:
    """Why this message must not be sent."""
    if message.channel in contact.stopped:
        return "stopped"
    if message.state == "unknown" and message.doubts >= MOST_DOUBTS:
        return "unsettled"
    return "capped" if is_capped(session, message) else None


def _attempt(session: Session, message: OutgoingMessage, contact: Contact) -> Attempt:
    """Raises LookupError when the settings hold no account for the channel's provider: nothing is claimed then."""
    channel = channel_named(message.channel)
    extensions = current_app.extensions
    sms = OutboundSms(
        id=str(message.id),
        to=number_of(contact),
        text=words_of(session, message),
        sender=channel.address,
        link_id=None,
        receipts_url=extensions["settings"].public_url + channel.path("receipts"),
        kind="whatsapp" if channel.kind == "whatsapp" else "sms",
    )
    return Attempt(channel.slug, extensions["providers"].of(channel), sms)


def _settle(message_id: uuid.UUID, channel: str, result: SendResult) -> None:
    with transaction() as session:
        if isinstance(result, Accepted):
            take_turns(session, channel, result.provider_message_id)
        message = _locked(session, message_id)
        wait = _record(session, message, result)
    if wait is not None:
        raise TryLater(wait)


def _record(session: Session, message: OutgoingMessage, result: SendResult) -> timedelta | None:
    """Write down what the provider said; returns how long to wait where the job is to be run again."""
    match result:
        case Accepted(provider_message_id=provider_id):
            message.provider_message_id = provider_id
            _advance(message, "sent")
            use_early_receipts(session, message)
        case Refused(code=code, opted_out=opted_out):
            _advance(message, "failed", code)
            if opted_out:
                stop(session.get_one(Contact, message.contact_id), message.channel)
        case TryAgain(code=code):
            return _put_back(message, code)
        case Unknown(reason=reason):
            _advance(message, "unknown", reason)
            return SETTLE_WAIT if message.state == "unknown" else None
    return None


def _put_back(message: OutgoingMessage, code: str) -> timedelta | None:
    if message.state != "attempting":
        return None
    if message.attempts >= MOST_ATTEMPTS:
        _move(message, "dead", code)
        return None
    _move(message, "ready", code)
    return min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)


def _advance(message: OutgoingMessage, state: str, error: str | None = None) -> None:
    """Move forward only: the receipt may have come before the send call returned."""
    if message.state == "attempting" or is_forward(message.state, state):
        _move(message, state, error)


def _move(message: OutgoingMessage, state: str, error: str | None) -> None:
    message.doubts += state == "unknown"
    message.state, message.error, message.changed_at = state, error, datetime.now(UTC)


def _is_fresh(message: OutgoingMessage) -> bool:
    return datetime.now(UTC) - message.changed_at < SETTLE_WAIT


def _taking_turns(session: Session, contact_id: uuid.UUID) -> Contact:
    """The contact, locked: two workers at once would otherwise both find room under one cap."""
    return session.get_one(Contact, contact_id, with_for_update={"key_share": True})


def _locked(session: Session, message_id: uuid.UUID) -> OutgoingMessage:
    return session.scalars(select(OutgoingMessage).where(OutgoingMessage.id == message_id).with_for_update()).one()
