"""HOW: where the money for a service comes from. Asked which one, so that nothing of a report is given away."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.conversation.asking_back import wait_for_reply
from app.conversation.money import MONEY
from app.conversation.orders import Order
from app.directory.catalogue import EntryPoint
from app.directory.current import current_directory
from app.language import say
from app.outbox import wording
from app.understanding.answers import read_choice
from app.understanding.meaning import Meaning

MOST_WORDS = 2
"""Of an answer that names a service; what is longer is a report."""


def obey_how(session: Session, order: Order) -> None:
    """Explain the country's one service, or ask which of them."""
    explained = _explained(order)
    if len(explained) == 1:
        return _explain(session, order, explained[0])
    wait_for_reply(order)
    sectors = [entry.sector for entry in explained]
    return order.reply(session, "reply", wording.question(order.language, sectors, again=False))


def take_how(session: Session, order: Order, meaning: Meaning) -> bool:
    """Whether this message says which."""
    explained, text = _explained(order), order.received.incoming.text
    choice = read_choice(text, len(explained))
    named = explained[choice - 1 : choice] if choice else []
    if not choice and len(text.split()) <= MOST_WORDS:
        named = [entry for entry in explained if entry.sector == meaning.sector]
    for entry in named:
        _explain(session, order, entry)
    return bool(named)


def _explain(session: Session, order: Order, entry: EntryPoint) -> None:
    order.reply(session, "reply", *(say(order.language, text) for text in MONEY[entry.slug]))


def _explained(order: Order) -> list[EntryPoint]:
    """The country's entry points, those left out for which nothing is written yet."""
    code = order.country.code
    return [one for one in current_directory().entry_points if one.country == code and one.slug in MONEY]
