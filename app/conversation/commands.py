"""The words that are orders to us, and what each does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.consent import offer
from app.directory.current import current_directory
from app.intake.incoming import Received
from app.language import choose, say
from app.outbox import wording
from app.outbox.queueing import answer_sender
from app.reports.contacts import start, stop
from app.reports.models import Answer, Contact, Report
from app.reports.reference import WrongReference, new_reference, read_reference
from app.reports.timeline import record

PUNCTUATION = " \t\r\n.!?,;:\"'*#()"


@dataclass(frozen=True)
class Command:
    name: str
    rest: str


def read_command(text: str) -> Command | None:
    """The order that this text is. STOP, START, HELP and READ count only when they stand alone: "stop the mine"
    and "STOP 12345" are no orders; STATUS may be followed by a reference."""
    word, _, rest = text.strip(PUNCTUATION).partition(" ")
    name, rest = word.strip(PUNCTUATION).lower(), rest.strip(PUNCTUATION)
    if name in ALONE and not rest:
        return Command(name, "")
    return Command(name, rest) if name == "status" and _may_be_reference(rest) else None


def obey(session: Session, received: Received, command: Command) -> None:
    """Do what was ordered. A sender that can have no phone number is not obeyed and not answered."""
    contact = received.sender.contact
    if contact is not None:
        ORDERS[command.name](session, Order(received, contact, command.rest))


@dataclass(frozen=True)
class Order:
    received: Received
    contact: Contact
    rest: str

    @property
    def channel(self) -> str:
        return self.received.incoming.channel.slug

    @property
    def language(self) -> str:
        country = current_directory().country(self.received.incoming.channel.country)
        return choose(country.languages, self.contact.language, None)

    def answer(self, session: Session, purpose: str, text: str, **values: str) -> None:
        """Queue the reply, where this person can be answered at all."""
        if self.received.sender.may_be_asked:
            body = say(self.language, text, **values)
            cause = str(self.received.message_id)
            answer_sender(session, self.contact, self.channel, purpose, cause, self.language, body)


def _stop(_session: Session, order: Order) -> None:
    """Silence, from this moment: somebody who sent STOP gets nothing, not even a confirmation."""
    stop(order.contact, order.channel)


def _start(session: Session, order: Order) -> None:
    start(order.contact, order.channel)
    if order.received.incoming.opt_out is None:
        order.answer(session, "fixed", wording.STARTED)


def _help(session: Session, order: Order) -> None:
    """A provider that reports HELP by itself has answered it already."""
    if order.received.incoming.opt_out is None:
        order.answer(session, "fixed", wording.HELP)


def _status(session: Session, order: Order) -> None:
    """A state, never content, and only to the number that reported: a sender's number is merely a claim."""
    try:
        reference = read_reference(order.rest) if order.rest else None
    except WrongReference:
        example = new_reference(order.received.incoming.channel.country)
        return order.answer(session, "fixed", wording.WRONG_REFERENCE, example=example)
    mine = select(Report).where(Report.contact_id == order.contact.id)
    if reference is not None:
        mine = mine.where(Report.reference == str(reference))
    report = session.scalars(mine.order_by(Report.created_at.desc()).limit(1)).one_or_none()
    if report is not None:
        state = say(order.language, wording.STATES[report.status])
        order.answer(session, "state", wording.STATE, reference=report.reference, state=state)
        return offer(session, order.received, order.contact)
    if reference is not None:
        return order.answer(session, "fixed", wording.NOT_YOURS, reference=str(reference))
    return order.answer(session, "fixed", wording.NO_REPORTS)


def _read(session: Session, order: Order) -> None:
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
    body = f"{answer.report.reference}: {answer.body}"
    cause = f"{answer.id}:{order.received.message_id}"
    answer_sender(session, order.contact, order.channel, "answer", cause, order.language, body)
    if answer.read_at is None:
        answer.read_at = datetime.now(UTC)
        record(session, answer.report, "answer_read")


ORDERS: dict[str, Callable[[Session, Order], None]] = {
    "stop": _stop,
    "start": _start,
    "help": _help,
    "status": _status,
    "read": _read,
}
ALONE = frozenset(ORDERS)


def _may_be_reference(text: str) -> bool:
    try:
        return read_reference(text) is not None
    except WrongReference:
        return True
