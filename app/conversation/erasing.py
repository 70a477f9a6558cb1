"""DELETE: asked to confirm, then everything by which this person could be known goes.

At once: their words, their photos, and every link from a report to their number. Then, by jobs: the links in gaps
and cases, what we wrote to them, and the number itself, as soon as the last text to it has left. What stays is the
keyed hash of the number with where they sent STOP, which must hold, and reports of nobody.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Delete, Update, case, delete, exists, func, literal, or_, select, update
from sqlalchemy.orm import Session

from app.conversation.asking_back import is_waiting, wait_for_reply, wait_no_more
from app.conversation.consent import languages_of
from app.conversation.models import MenuSession
from app.conversation.orders import Order
from app.database import transaction
from app.intake.erasing import TOMBSTONE, take_words_back
from app.intake.parts import MessagePart
from app.language import mark, say
from app.outbox.models import OutgoingMessage
from app.photos.keeping import forget_photos
from app.queue import Job, jobs, put
from app.reports.consents import Consent
from app.reports.models import Contact, IncomingMessage, OpenQuestion, Report
from app.reports.reveals import ContactReveal
from app.reports.sealed import OUTGOING, SealedText
from app.understanding.meaning import Meaning
from app.understanding.yes_or_no import read_verdict

# Translators: people answer with the number.
ARE_YOU_SURE = mark("Delete all your words and your number? Nobody can bring them back. Reply 1 yes, 2 no")
DELETED = mark("Your words and your number are deleted. This is the last text.")
NOT_DELETED = mark("Nothing is deleted.")

ELSEWHERE = ("gaps.forget_person", "followup.forget_person")
"""Rooms above this one: they are asked by name to forget."""

OPEN = ("ready", "attempting", "unknown")


def obey_erase(session: Session, order: Order) -> None:
    """Ask first; DELETE once more is a yes."""
    if is_waiting(order, "erase"):
        return _erase(session, order)
    wait_for_reply(order)
    return order.answer(session, "reply", ARE_YOU_SURE)


def take_erasure(session: Session, order: Order, _meaning: Meaning) -> bool:
    """Whether this message says yes or no."""
    verdict = read_verdict(order.received.incoming.text, languages_of(order.received), offered=2)
    if verdict == "yes":
        _erase(session, order)
    elif verdict == "no":
        order.answer(session, "reply", NOT_DELETED)
    return verdict is not None


@jobs.task(name="conversation.forget_number")
def forget_number(contact: str) -> None:
    """Forget what was written to this person before, and their number, unless they have spoken to us again.

    Shares its lock with the deliveries to them, so none is under way. Safe to repeat.
    """
    with transaction() as session:
        person = session.get(Contact, uuid.UUID(contact), with_for_update={"key_share": True})
        if person is None or person.erased_at is None:
            return
        session.execute(_without_sealed(person))
        session.execute(_without_content(person))
        if not session.scalars(select(_has_spoken(person))).one():
            person.number_sealed = b""


def _erase(session: Session, order: Order) -> None:
    contact, language = order.contact, order.language
    order.answer(session, "reply", DELETED)
    for report in session.scalars(select(Report).where(Report.contact_id == contact.id).with_for_update()).all():
        take_words_back(session, report)
    session.flush()
    mine = IncomingMessage.contact_id == contact.id
    forget_photos(session, mine)
    session.execute(update(IncomingMessage).where(mine).values(body=say(language, TOMBSTONE), contact_id=None))
    opened = update(ContactReveal).where(ContactReveal.contact_id == contact.id)
    session.execute(opened.values(contact_id=None))
    for model in (OpenQuestion, MenuSession, Consent, MessagePart):
        session.execute(delete(model).where(model.contact_id == contact.id))
    wait_no_more(order)
    contact.language, contact.country, contact.notice, contact.erased_at = None, None, 0, datetime.now(UTC)
    _forget_later(session, contact)


def _forget_later(session: Session, contact: Contact) -> None:
    named = {"contact": str(contact.id)}
    elsewhere = (Job(name, named) for name in ELSEWHERE)
    put(session, *elsewhere, Job(forget_number, named, lock=f"contact:{contact.id}"))


def _without_content(person: Contact) -> Update:
    """What was sent before stays as counts, by which the caps go on holding; what waits is not sent any more."""
    return (
        update(OutgoingMessage)
        .where(OutgoingMessage.contact_id == person.id, OutgoingMessage.created_at <= person.erased_at)
        .values(
            body="",
            report_id=None,
            provider_message_id=None,
            key=func.concat("erased:", OutgoingMessage.id),
            state=case((OutgoingMessage.state.in_(OPEN), literal("dead")), else_=OutgoingMessage.state),
        )
    )


def _without_sealed(person: Contact) -> Delete:
    """What was sent about sensitive reports."""
    sent = select(OutgoingMessage.id).where(
        OutgoingMessage.contact_id == person.id, OutgoingMessage.created_at <= person.erased_at
    )
    return delete(SealedText).where(SealedText.kind == OUTGOING, SealedText.row_id.in_(sent.scalar_subquery()))


def _has_spoken(person: Contact) -> ColumnElement[bool]:
    """Whether anything is kept that came from this number afterwards."""
    return or_(*(exists().where(model.contact_id == person.id) for model in (IncomingMessage, Report, MenuSession)))
