"""What providers say became of a message, in any order, repeated, early, or never."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from app.outbox.models import EarlyReceipt, OutgoingMessage
from app.outbox.states import AFTER_RECEIPT, is_forward
from sms.message import DeliveryReceipt, DeliveryStatus


def take_receipt(session: Session, channel: str, receipt: DeliveryReceipt) -> None:
    """Move the message forward, or keep the receipt until its message is known."""
    take_turns(session, channel, receipt.provider_message_id)
    message = _find(session, channel, receipt)
    if message is None:
        session.add(_early(channel, receipt))
        return
    _apply(message, receipt.status, receipt.error)
    if message.provider_message_id is None:
        message.provider_message_id = receipt.provider_message_id
        use_early_receipts(session, message)


def take_turns(session: Session, channel: str, provider_message_id: str) -> None:
    """Let nobody else record this provider id, or take a receipt for it, until this transaction ends.

    Otherwise a receipt that comes at the moment its message is recorded could miss it, and be missed by it. To be
    called before any row is locked, so that the two cannot wait for each other.
    """
    place = func.hashtextextended(f"{channel}/{provider_message_id}", 0)
    session.execute(select(func.pg_advisory_xact_lock(place)))


def use_early_receipts(session: Session, message: OutgoingMessage) -> None:
    """Apply the receipts that came before this message had its provider id, and forget them."""
    mine = (
        EarlyReceipt.channel == message.channel,
        EarlyReceipt.provider_message_id == message.provider_message_id,
    )
    early = session.scalars(select(EarlyReceipt).where(*mine)).all()
    for receipt in early:
        _apply(message, DeliveryStatus[receipt.status], receipt.error)
    if early:
        session.execute(delete(EarlyReceipt).where(*mine))


def _find(session: Session, channel: str, receipt: DeliveryReceipt) -> OutgoingMessage | None:
    ours = OutgoingMessage.provider_message_id == receipt.provider_message_id
    our_id = _uuid(receipt.our_id)
    if our_id is not None:
        unsaid = OutgoingMessage.provider_message_id.is_(None)
        ours = or_(ours, (OutgoingMessage.id == our_id) & unsaid)
    found = select(OutgoingMessage).where(OutgoingMessage.channel == channel, ours)
    return session.scalars(found.with_for_update().limit(1)).one_or_none()


def _apply(message: OutgoingMessage, status: DeliveryStatus, error: str | None) -> None:
    state = AFTER_RECEIPT.get(status)
    if state is not None and is_forward(message.state, state):
        message.state, message.error, message.changed_at = state, error, datetime.now(UTC)


def _early(channel: str, receipt: DeliveryReceipt) -> EarlyReceipt:
    return EarlyReceipt(
        channel=channel,
        provider_message_id=receipt.provider_message_id,
        status=receipt.status.name,
        raw_status=receipt.raw_status,
        error=receipt.error,
    )


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
