"""Storing a message once, however often its provider delivers it."""

from __future__ import annotations

import uuid

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.directory.channels import Channel
from app.directory.current import current_directory, our_numbers
from app.intake.incoming import Incoming, Received, Sender
from app.photos.fetching import expect
from app.photos.keeping import keep
from app.reports.contacts import meet, number_of
from app.reports.models import Contact, IncomingMessage
from sms.numbers import country_of, normalise


def receive(session: Session, incoming: Incoming) -> Received | None:
    """Store the message and meet its sender; None if this provider id was stored before."""
    sender = identify(session, incoming.channel, incoming.sender)
    message_id = _store(session, incoming, sender)
    if message_id is None:
        return None
    keep(session, message_id, incoming.photos)
    if incoming.media:
        expect(session, message_id, incoming.media)
    return Received(incoming, message_id, sender)


def identify(session: Session, channel: Channel, claimed: str) -> Sender:
    """Who this sender claims to be. A short code or a name has no contact; a number outside the countries we
    serve, or one of our own, is a contact that is never answered: spending fails closed."""
    number = normalise(claimed, channel.country)
    if number is None:
        return Sender(channel, None, answerable=False)
    return Sender(channel, meet(session, number, country_of(number)), _may_be_answered(number))


def known_sender(session: Session, channel: Channel, contact_id: uuid.UUID) -> Sender:
    """Somebody met before, as the sender of what they said on this channel."""
    contact = session.get_one(Contact, contact_id)
    return Sender(channel, contact, _may_be_answered(number_of(contact)))


def _may_be_answered(number: str) -> bool:
    served = {country.code for country in current_directory().countries}
    return country_of(number) in served and number not in our_numbers()


def _store(session: Session, incoming: Incoming, sender: Sender) -> uuid.UUID | None:
    row = insert(IncomingMessage).values(
        id=uuid.uuid4(),
        channel=incoming.channel.slug,
        provider_message_id=incoming.provider_message_id,
        contact_id=sender.contact.id if sender.contact else None,
        body=incoming.text,
        media=len(incoming.media) + len(incoming.photos),
    )
    once = row.on_conflict_do_nothing(index_elements=["channel", "provider_message_id"])
    return session.scalars(once.returning(IncomingMessage.id)).one_or_none()
