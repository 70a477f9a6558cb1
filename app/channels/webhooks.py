"""What all webhooks share: finding the channel, taking in a message, refusing what is malformed."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from app.conversation.text import hear
from app.database import transaction
from app.directory.channels import Channel
from app.directory.current import channel_named
from app.intake.incoming import Incoming
from app.intake.parts import collect
from app.outbox.receipts import take_receipt
from sms.message import DeliveryReceipt, InboundSms, Malformed
from sms.text import clean

LONGEST_ID = 255
"""Characters of a provider's message id; the longest seen is under 60, and an index row holds 2,700 bytes."""


def find_channel(provider: str, slug: str) -> Channel:
    """The channel with this name at this provider, else 404."""
    try:
        channel = channel_named(slug)
    except KeyError:
        abort(404)
    if channel.provider != provider:
        abort(404)
    return channel


def take_message(channel: Channel, message: InboundSms) -> None:
    """Store and answer one message, or keep a part of one until it is whole; returns only after the commit."""
    incoming = Incoming(
        channel=channel,
        provider_message_id=_id(message.provider_message_id),
        sender=clean(message.sender),
        text=clean(message.text),
        kind=message.kind,
        opt_out=message.opt_out,
        media=message.media,
    )
    with transaction() as session:
        whole = collect(session, incoming, message.part) if message.part else incoming
        if whole is not None:
            hear(session, whole)


def note_receipt(channel: Channel, receipt: DeliveryReceipt) -> None:
    """Record what became of one of our messages; returns only after the commit."""
    _id(receipt.provider_message_id)
    with transaction() as session:
        take_receipt(session, channel.slug, receipt)


def refuse_malformed(bp: Blueprint) -> None:
    """Answer 400, naming the field and never its value, where a required one is missing or unusable."""

    @bp.errorhandler(Malformed)
    def malformed(error: Malformed) -> Response:
        return Response(f"{error}\n", status=400, content_type="text/plain")


def _id(provider_message_id: str) -> str:
    if not provider_message_id.isprintable() or len(provider_message_id) > LONGEST_ID:
        raise Malformed("message id")
    return provider_message_id
