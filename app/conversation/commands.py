"""STOP, START, HELP, STATUS and READ."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.consent import offer
from app.conversation.orders import Order
from app.language import say
from app.outbox import wording
from app.outbox.queueing import hand_over
from app.reports.contacts import start, stop
from app.reports.merged import standing
from app.reports.models import Answer, Contact, Report
from app.reports.reference import WrongReference, new_reference, read_reference
from app.reports.timeline import record


def obey_stop(_session: Session, order: Order) -> None:
    """Silence, from this moment: somebody who sent STOP gets nothing, not even a confirmation."""
    stop(order.contact, order.channel)


def obey_start(session: Session, order: Order) -> None:
    start(order.contact, order.channel)
    if order.received.incoming.opt_out is None:
        order.answer(session, "fixed", wording.STARTED)


def obey_help(session: Session, order: Order) -> None:
    """A provider that reports HELP by itself has answered it already."""
    if order.received.incoming.opt_out is None:
        told = (say(order.language, text) for text in (wording.HELP, wording.MORE_HELP))
        order.reply(session, "fixed", " ".join(told))


def obey_status(session: Session, order: Order) -> None:
    """A state, never content, and only to the number that reported: a sender's number is merely a claim."""
    try:
        reference = read_reference(order.reference) if order.reference else None
    except WrongReference:
        example = new_reference(order.received.incoming.channel.country)
        return order.answer(session, "fixed", wording.WRONG_REFERENCE, example=example)
    mine = select(Report).where(Report.contact_id == order.contact.id)
    if reference is not None:
        mine = mine.where(Report.reference == str(reference))
    report = session.scalars(mine.order_by(Report.created_at.desc()).limit(1)).one_or_none()
    if report is not None:
        state = say(order.language, wording.STATES[standing(session, report)])
        order.answer(session, "state", wording.STATE, reference=report.reference, state=state)
        return offer(session, order.received, order.contact)
    if reference is not None:
        return order.answer(session, "fixed", wording.NOT_YOURS, reference=str(reference))
    return order.answer(session, "fixed", wording.NO_REPORTS)


def obey_read(session: Session, order: Order) -> None:
    """The partner's words that wait for this person, or the last ones again: a text can get lost."""
    waiting = _answers(session, order.contact, unread=True) or _answers(session, order.contact, unread=False)[:1]
    if not waiting:
        return order.answer(session, "fixed", wording.NOTHING_TO_READ)
    for answer in waiting:
        _hand_over(session, order, answer)
    offer(session, order.received, order.contact)


def _answers(session: Session, contact: Contact, unread: bool) -> list[Answer]:
    mine = select(Answer).join(Answer.report).where(Report.contact_id == contact.id)
    if unread:
        return list(session.scalars(mine.where(Answer.read_at.is_(None)).order_by(Answer.at)))
    return list(session.scalars(mine.order_by(Answer.at.desc()).limit(1)))


def _hand_over(session: Session, order: Order, answer: Answer) -> None:
    if not order.received.sender.may_be_asked:
        return
    hand_over(session, answer, order.contact, order.channel, str(order.received.message_id), order.language)
    if answer.read_at is None:
        answer.read_at = datetime.now(UTC)
        record(session, answer.report, "answer_read")
