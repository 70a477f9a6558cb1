"""LANGUAGE: chosen by name at once, else by number; remembered wherever this person writes or dials."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.conversation.asking_back import wait_for_reply, wait_no_more
from app.conversation.language_names import read_code, read_language
from app.conversation.menu.wording import CHANGE_LANGUAGE, CHOOSE_LANGUAGE, LANGUAGE_NAMES
from app.conversation.orders import Order
from app.language import say
from app.understanding.answers import read_choice
from app.understanding.meaning import Meaning

MOST_WORDS = 3
"""Of an answer that names a language; what is longer has something else to say."""


def obey_language(session: Session, order: Order) -> None:
    text = order.received.incoming.text
    named = read_language(text) or read_code(text)
    if named is not None:
        return _speak(session, order, named)
    wait_for_reply(order)
    offered = (f"{n} {LANGUAGE_NAMES[code]}" for n, code in enumerate(order.country.languages, 1))
    return order.reply(session, "reply", f"{say(order.language, CHOOSE_LANGUAGE)}: {' '.join(offered)}")


def take_language(session: Session, order: Order, _meaning: Meaning) -> bool:
    """Whether this message says which."""
    text, offered = order.received.incoming.text, order.country.languages
    choice = read_choice(text, len(offered))
    named = offered[choice - 1] if choice else None
    if named is None and len(text.split()) <= MOST_WORDS:
        named = read_language(text)
    if named is not None:
        _speak(session, order, named)
    return named is not None


def _speak(session: Session, order: Order, code: str) -> None:
    wait_no_more(order)
    order.contact.language = code
    order.reply(session, "reply", f"{say(code, CHANGE_LANGUAGE)}: {LANGUAGE_NAMES[code]}")
