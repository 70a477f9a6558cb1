"""The questions about a matter: what it is, or which place is meant. At most two, then it is filed as it is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.matters import Messages, from_question, from_words
from app.conversation.menu.areas import find_areas
from app.conversation.menu.spelling import on_a_screen
from app.conversation.menu.wording import ANOTHER_PLACE, TYPE_AREA, TYPE_REGION, WHERE_IS_IT
from app.conversation.on_behalf import file_marked
from app.directory.catalogue import OTHER
from app.directory.current import current_directory
from app.intake.incoming import Matter, Received, Sender
from app.language import choose, say
from app.outbox import wording
from app.outbox.queueing import answer_sender
from app.reports.models import Contact, OpenQuestion
from app.understanding.answers import read_choice
from app.understanding.candidates import candidates
from app.understanding.meaning import Meaning

MOST_QUESTIONS = 2
"""Contracts, message table: two for each report. Then a person completes it."""

MOST_AREAS = 4
"""Offered by number; where more are meant, or none that we know, the name is asked for."""


def open_question(session: Session, sender: Sender) -> OpenQuestion | None:
    """What this person was asked on this channel and has not answered."""
    if sender.contact is None:
        return None
    return session.scalars(
        select(OpenQuestion).where(
            OpenQuestion.contact_id == sender.contact.id, OpenQuestion.channel == sender.channel.slug
        )
    ).one_or_none()


def is_asked(received: Received, meaning: Meaning) -> bool:
    """Whether something is missing that this person can be asked for."""
    return received.sender.may_be_asked and (meaning.sector is None or meaning.ask == "area")


def ask(session: Session, received: Received, meaning: Meaning) -> None:
    """Ask for the first time, of somebody who may be asked."""
    contact, channel = _asked(received), received.incoming.channel
    languages = current_directory().country(channel.country).languages
    question = OpenQuestion(
        contact_id=contact.id,
        channel=channel.slug,
        choices=sectors_offered(channel.country),
        asked=1,
        language=choose(languages, contact.language, meaning.language),
        area=meaning.area,
        outside_focus=False,
        about=[received.message_id],
    )
    if meaning.sector is not None:
        _turn_to_area(question, received, meaning)
    session.add(question)
    _send(session, received, question)


def take_answer(session: Session, received: Received, question: OpenQuestion, meaning: Meaning) -> None:
    """Take in what was said while a question is open: its answer, other words for the matter, or neither."""
    choice = read_choice(received.incoming.text, len(question.choices) + (question.sector is not None))
    said_in: Messages = (*question.about, received.message_id)
    if choice is not None:
        file_marked(session, received.sender, _chosen(question, received, choice, said_in))
    elif question.sector is not None:
        _take_place(session, received, question, meaning)
    elif meaning.sector is not None and _may_ask_more(received, question) and meaning.ask == "area":
        _turn_to_area(question, received, meaning)
        _ask_again(session, received, question)
    elif meaning.sector is not None:
        file_marked(session, received.sender, from_words(received, meaning, said_in, question))
    else:
        question.area = question.area or meaning.area
        _not_answered(session, received, question)


def sectors_offered(country: str) -> list[str]:
    """The sectors of the country's entry points, in a fixed order, and `other` last."""
    entry_points = current_directory().entry_points
    return [*(entry.sector for entry in entry_points if entry.country == country), OTHER]


def _take_place(session: Session, received: Received, question: OpenQuestion, meaning: Meaning) -> None:
    """The name of a place, or else a new matter: then the one before is filed without its place."""
    channel, said_in = received.incoming.channel, (*question.about, received.message_id)
    if meaning.sector not in (None, question.sector):
        file_marked(session, received.sender, from_question(question, channel, tuple(question.about)))
        file_marked(session, received.sender, from_words(received, meaning, (received.message_id,)))
    elif area := meaning.area or _only_area(received):
        file_marked(session, received.sender, from_question(question, channel, said_in, area=area))
    else:
        _not_answered(session, received, question)


def _not_answered(session: Session, received: Received, question: OpenQuestion) -> None:
    if _may_ask_more(received, question):
        return _ask_again(session, received, question)
    said_in = (*question.about, received.message_id)
    file_marked(session, received.sender, from_question(question, received.incoming.channel, said_in))
    return None


def _chosen(question: OpenQuestion, received: Received, choice: int, said_in: Messages) -> Matter:
    """The matter with this choice; one more than there are areas stands for another place."""
    picked = question.choices[choice - 1] if choice <= len(question.choices) else None
    name = "sector" if question.sector is None else "area"
    return from_question(question, received.incoming.channel, said_in, **{name: picked})


def _only_area(received: Received) -> str | None:
    """The one area whose name was typed, slips of the finger allowed."""
    areas = current_directory().areas_of(received.incoming.channel.country)
    found = find_areas(areas, received.incoming.text)
    return found[0].code if len(found) == 1 else None


def _may_ask_more(received: Received, question: OpenQuestion) -> bool:
    return question.asked < MOST_QUESTIONS and received.sender.may_be_asked


def _turn_to_area(question: OpenQuestion, received: Received, meaning: Meaning) -> None:
    """From now on the question is where."""
    found = candidates(received.incoming.text, received.incoming.channel.country, current_directory())
    question.sector, question.problem_type = meaning.sector, meaning.problem_type
    question.outside_focus, question.area = meaning.outside_focus, None
    question.choices = list(found) if len(found) <= MOST_AREAS else []


def _ask_again(session: Session, received: Received, question: OpenQuestion) -> None:
    question.asked += 1
    question.about = [*question.about, received.message_id]
    _send(session, received, question)


def _send(session: Session, received: Received, question: OpenQuestion) -> None:
    cause, body = str(received.message_id), _body(question, received.incoming.channel.country)
    answer_sender(session, _asked(received), question.channel, "question", cause, question.language, body)


def _body(question: OpenQuestion, country: str) -> str:
    if question.sector is None:
        return wording.question(question.language, question.choices, again=question.asked > 1)
    if not question.choices:
        name_it = TYPE_AREA.get(country, TYPE_REGION)
        return f"{say(question.language, WHERE_IS_IT)} {say(question.language, name_it)}"
    areas = [current_directory().area(code) for code in question.choices]
    names = [on_a_screen(area.name_in(question.language), question.language) for area in areas]
    places = (*names, say(question.language, ANOTHER_PLACE))
    numbered = " ".join(f"{number} {name}" for number, name in enumerate(places, 1))
    return say(question.language, wording.QUESTION_AGAIN if question.asked > 1 else wording.WHERE, choices=numbered)


def _asked(received: Received) -> Contact:
    contact = received.sender.contact
    assert contact is not None  # noqa: S101 - only somebody who may be asked is asked
    return contact
