"""The conversation by text message: filed at once where the words are clear, else at most two questions."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.commands import Command, obey, read_command
from app.conversation.consent import take_consent
from app.conversation.listening import is_answer
from app.directory.catalogue import OTHER, Country
from app.directory.current import current_directory
from app.intake.filing import file_report
from app.intake.incoming import Incoming, Matter, Received, Sender
from app.intake.receive import receive
from app.language import choose
from app.outbox import wording
from app.outbox.queueing import answer_sender
from app.reports.models import OpenQuestion
from app.understanding.answers import read_choice
from app.understanding.meaning import Meaning, understand

MOST_QUESTIONS = 2
"""Contracts, message table: two for each report. Then a person at the desk completes it."""

INCOMPLETE = "incomplete"
"""The flag of a report filed without its sector being known."""


def hear(session: Session, incoming: Incoming) -> None:
    """Take in one text message: store it once, and do what it asks for. Runs inside the caller's transaction."""
    received = receive(session, incoming)
    if received is None:
        return
    command = Command(incoming.opt_out, "") if incoming.opt_out else read_command(incoming.text)
    if command is not None:
        return obey(session, received, command)
    question = _open_question(session, received.sender)
    if _answers_something_else(session, received, question):
        return None
    if question is not None:
        return _take_answer(session, received, question)
    return _take_matter(session, received)


def _answers_something_else(session: Session, received: Received, question: OpenQuestion | None) -> bool:
    """Whether it answers what was asked after the question that is open about a matter, if one is."""
    since = question.asked_at if question else None
    return is_answer(session, received, since) or take_consent(session, received, since)


def file_unanswered(session: Session, question: OpenQuestion, sender: Sender) -> None:
    """File what was said before a question that nobody answered, for a person to complete."""
    country = current_directory().country(sender.channel.country)
    file_report(session, sender, _incomplete(country, question, ()))


def _take_matter(session: Session, received: Received) -> None:
    incoming, sender = received.incoming, received.sender
    if not incoming.text.strip() and not incoming.media:
        return obey(session, received, Command("help", ""))
    country = current_directory().country(incoming.channel.country)
    meaning = understand(incoming.text, country.code, current_directory())
    if meaning.sector is None and sender.may_be_asked:
        return _ask_first(session, received, country, meaning)
    file_report(session, sender, _matter(received, country, meaning, (received.message_id,)))


def _take_answer(session: Session, received: Received, question: OpenQuestion) -> None:
    said_in = (*question.about, received.message_id)
    country = current_directory().country(received.incoming.channel.country)
    choice = read_choice(received.incoming.text, len(question.choices))
    if choice is not None:
        chosen = _chosen(country, question, question.choices[choice - 1], said_in)
        file_report(session, received.sender, chosen)
        return
    meaning = understand(received.incoming.text, country.code, current_directory())
    if meaning.sector is not None:
        file_report(session, received.sender, _matter(received, country, meaning, said_in, question))
    elif question.asked < MOST_QUESTIONS and received.sender.may_be_asked:
        _ask_again(session, received, question)
    else:
        file_report(session, received.sender, _incomplete(country, question, (received.message_id,)))


def _ask_first(session: Session, received: Received, country: Country, meaning: Meaning) -> None:
    contact = received.sender.contact
    assert contact is not None  # noqa: S101 - only somebody who may be asked is asked
    question = OpenQuestion(
        contact_id=contact.id,
        channel=received.incoming.channel.slug,
        choices=sectors_offered(country.code),
        asked=1,
        language=choose(country.languages, contact.language, meaning.language),
        area=meaning.area,
        about=[received.message_id],
    )
    session.add(question)
    _send_question(session, received, question, again=False)


def _ask_again(session: Session, received: Received, question: OpenQuestion) -> None:
    question.asked += 1
    question.about = [*question.about, received.message_id]
    _send_question(session, received, question, again=True)


def _send_question(session: Session, received: Received, question: OpenQuestion, again: bool) -> None:
    contact = received.sender.contact
    assert contact is not None  # noqa: S101 - only somebody who may be asked is asked
    body = wording.question(question.language, question.choices, again)
    cause = str(received.message_id)
    answer_sender(session, contact, question.channel, "question", cause, question.language, body)


def sectors_offered(country: str) -> list[str]:
    """The sectors of the country's entry points, in a fixed order, and `other` last."""
    entry_points = current_directory().entry_points
    return [*(entry.sector for entry in entry_points if entry.country == country), OTHER]


def _open_question(session: Session, sender: Sender) -> OpenQuestion | None:
    if sender.contact is None:
        return None
    return session.scalars(
        select(OpenQuestion).where(
            OpenQuestion.contact_id == sender.contact.id, OpenQuestion.channel == sender.channel.slug
        )
    ).one_or_none()


def _matter(
    received: Received,
    country: Country,
    meaning: Meaning,
    said_in: tuple[uuid.UUID, ...],
    question: OpenQuestion | None = None,
) -> Matter:
    contact = received.sender.contact
    return Matter(
        country=country.code,
        sector=meaning.sector,
        language=choose(country.languages, contact.language if contact else None, meaning.language),
        channel=received.incoming.kind,
        said_in=said_in,
        problem_type=meaning.problem_type,
        gap_kind=meaning.gap_kind,
        area=meaning.area or (question.area if question else None),
        outside_focus=meaning.outside_focus,
        flags=() if meaning.sector else (INCOMPLETE,),
    )


def _chosen(country: Country, question: OpenQuestion, sector: str, said_in: tuple[uuid.UUID, ...]) -> Matter:
    return Matter(
        country=country.code,
        sector=sector,
        language=question.language,
        channel="sms",
        said_in=said_in,
        area=question.area,
    )


def _incomplete(country: Country, question: OpenQuestion, more: tuple[uuid.UUID, ...]) -> Matter:
    return Matter(
        country=country.code,
        sector=None,
        language=question.language,
        channel="sms",
        said_in=(*question.about, *more),
        area=question.area,
        flags=(INCOMPLETE,),
    )
