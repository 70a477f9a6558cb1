"""The conversation by text message: what is clear is done or filed at once, what is not is asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.conversation.asking_back import waits_since
from app.conversation.consent import take_consent
from app.conversation.listening import is_answer
from app.conversation.matters import from_question, from_words
from app.conversation.obeying import obey, order_in, take_reply
from app.conversation.on_behalf import file_marked
from app.conversation.orders import Order
from app.conversation.pictures import goes_with_what_was_said
from app.conversation.questions import ask, is_asked, open_question, take_answer
from app.directory.current import current_directory
from app.intake.filing import file_report
from app.intake.incoming import Incoming, Received, Sender
from app.intake.receive import receive
from app.outbox import wording
from app.reports.models import OpenQuestion
from app.understanding.meaning import Meaning, understand


def hear(session: Session, incoming: Incoming) -> None:
    """Take in one text message: store it once, and do what it asks for. Runs inside the caller's transaction."""
    received = receive(session, incoming)
    if received is None:
        return
    if incoming.opt_out is not None:
        return obey(session, received, incoming.opt_out)
    meaning = understand(incoming.text, incoming.channel.country, current_directory())
    order = order_in(received, meaning)
    if order is not None:
        return obey(session, received, order, meaning)
    return _take_words(session, received, meaning)


def file_unanswered(session: Session, question: OpenQuestion, sender: Sender) -> None:
    """File what was said before a question that nobody answered, as far as it is known."""
    file_marked(session, sender, from_question(question, sender.channel, tuple(question.about)))


def _take_words(session: Session, received: Received, meaning: Meaning) -> None:
    question = open_question(session, received.sender)
    if goes_with_what_was_said(session, received, question):
        return
    asked, waits = question.asked_at if question else None, waits_since(received)
    if _answers_something_else(session, received, max(filter(None, (asked, waits)), default=None)):
        return
    if waits and (asked is None or waits > asked) and take_reply(session, received, meaning):
        return
    if question is not None:
        return take_answer(session, received, question, meaning)
    return _take_matter(session, received, meaning)


def _answers_something_else(session: Session, received: Received, since: datetime | None) -> bool:
    """Whether it answers what was asked after what else is open: a question about a matter, or an order's."""
    return is_answer(session, received, since) or take_consent(session, received, since)


def _take_matter(session: Session, received: Received, meaning: Meaning) -> None:
    """File it, ask what is missing, or answer what reports nothing; a picture alone always reports something."""
    if meaning.kind in ("noise", "command") and not received.incoming.media:
        return _answer_noise(session, received, meaning)
    if is_asked(received, meaning):
        return ask(session, received, meaning)
    file_report(session, received.sender, from_words(received, meaning, (received.message_id,)))
    return None


def _answer_noise(session: Session, received: Received, meaning: Meaning) -> None:
    """Say what this number is for; the cap on fixed texts keeps two machines from greeting each other for ever."""
    contact = received.sender.contact
    if contact is not None:
        order = Order(received, contact, "help", written=meaning.language)
        order.answer(session, "fixed", wording.NOTHING_UNDERSTOOD)
