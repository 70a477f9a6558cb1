"""Long messages that an aggregator hands over in parts: kept until all are here, in any order, then taken as one.

A part that comes again changes nothing, also after its message was joined. One that never comes is not waited for
longer than a few minutes: what is there is said, with "…" where something is missing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, DateTime, ForeignKey, Index, delete, func, select, true
from sqlalchemy import false as nobody
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.database import Base
from app.directory.current import channel_named
from app.intake.incoming import Incoming
from app.intake.receive import identify
from app.reports.contacts import number_of
from app.reports.models import HANDLES_CONTACTS, Contact
from app.viewer import Viewer
from sms.message import Part

PATIENCE = timedelta(minutes=5)
"""Parts of one message come within seconds of each other, or not at all."""

KEPT = timedelta(days=2)
"""How long a part is known again. Providers repeat what they could not deliver for a day at most."""

MISSING = "…"


class MessagePart(Base):
    """One part. `ref` is what the parts of one message have in common; `joined` ones gave their words away."""

    __tablename__ = "message_part"
    __table_args__ = (Index("ix_message_part_waiting", "at", postgresql_where="NOT joined"),)
    channel: Mapped[str] = mapped_column(ForeignKey("channel.slug"), primary_key=True)
    provider_message_id: Mapped[str] = mapped_column(primary_key=True)
    contact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    ref: Mapped[str]
    number: Mapped[int]
    total: Mapped[int]
    body: Mapped[str]
    joined: Mapped[bool] = mapped_column(server_default=nobody())
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in HANDLES_CONTACTS else nobody()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS


def collect(session: Session, incoming: Incoming, part: Part) -> Incoming | None:
    """Keep this part; the whole message once nothing is missing. Somebody without a number is taken at their word,
    part by part: nobody could tell whose the parts are."""
    sender = identify(session, incoming.channel, incoming.sender)
    if sender.contact is None:
        return incoming
    if not _keep(session, incoming, part, sender.contact):
        return None
    same = (MessagePart.channel == incoming.channel.slug, MessagePart.contact_id == sender.contact.id)
    here = _waiting(session, *same, MessagePart.ref == part.ref, MessagePart.total == part.total)
    return _whole(incoming, here) if {one.number for one in here} >= set(range(1, part.total + 1)) else None


def left_behind(session: Session, most: int) -> Iterator[Incoming]:
    """What is there of messages whose other parts have not come for minutes, each as one message.

    Somebody whose message is being taken in at this moment is passed over: it may be the missing part.
    """
    late = select(MessagePart.contact_id).where(~MessagePart.joined, MessagePart.at < datetime.now(UTC) - PATIENCE)
    people = select(Contact).where(Contact.id.in_(late)).limit(most).with_for_update(skip_locked=True)
    for contact in session.scalars(people).all():
        waiting = _waiting(session, MessagePart.contact_id == contact.id)
        for (channel, _ref, _total), parts in groupby(waiting, lambda one: (one.channel, one.ref, one.total)):
            here = list(parts)
            if max(one.at for one in here) < datetime.now(UTC) - PATIENCE:
                said = Incoming(channel_named(channel), "", number_of(contact), "")
                yield _whole(said, here)


def forget_parts(session: Session) -> None:
    """Forget parts that nobody repeats any more."""
    session.execute(delete(MessagePart).where(MessagePart.joined, MessagePart.at < datetime.now(UTC) - KEPT))


def _keep(session: Session, incoming: Incoming, part: Part, contact: Contact) -> bool:
    """False where it was kept before."""
    row = insert(MessagePart).values(
        channel=incoming.channel.slug,
        provider_message_id=incoming.provider_message_id,
        contact_id=contact.id,
        ref=part.ref,
        number=part.number,
        total=part.total,
        body=incoming.text,
    )
    once = row.on_conflict_do_nothing(index_elements=["channel", "provider_message_id"])
    return session.scalars(once.returning(MessagePart.provider_message_id)).one_or_none() is not None


def _waiting(session: Session, *which: ColumnElement[bool]) -> Sequence[MessagePart]:
    order = (MessagePart.channel, MessagePart.ref, MessagePart.total, MessagePart.number, MessagePart.at)
    return session.scalars(select(MessagePart).where(~MessagePart.joined, *which).order_by(*order)).all()


def _whole(incoming: Incoming, parts: Sequence[MessagePart]) -> Incoming:
    """The message of these parts, under the id of the first of them; they keep nothing but that they came."""
    by_number: dict[int, str] = {}
    for one in parts:
        by_number.setdefault(one.number, one.body)
        one.joined, one.body = True, ""
    words = [by_number.get(number, MISSING) for number in range(1, parts[0].total + 1)]
    return replace(incoming, provider_message_id=parts[0].provider_message_id, text="".join(words))
