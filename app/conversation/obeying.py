"""Which order a message is, and what each does."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.conversation import commands
from app.conversation.consent import languages_of
from app.conversation.orders import Order
from app.intake.incoming import Received
from app.understanding.meaning import Meaning
from app.understanding.orders import Name
from app.understanding.yes_or_no import read_verdict

ORDERS: dict[Name, Callable[[Session, Order], None]] = {
    "stop": commands.obey_stop,
    "start": commands.obey_start,
    "help": commands.obey_help,
    "status": commands.obey_status,
    "read": commands.obey_read,
}


def is_order(received: Received, meaning: Meaning) -> bool:
    """Whether the message is an order of ours. A yes or a no is an answer, also where it is an order's word in
    another language: isiXhosa "ewe" is no Ewe."""
    if meaning.command not in ORDERS:
        return False
    return read_verdict(received.incoming.text, languages_of(received)) is None


def obey(session: Session, received: Received, name: Name, meaning: Meaning | None = None) -> None:
    """Do what was ordered. A sender that can have no phone number is not obeyed and not answered."""
    contact = received.sender.contact
    if contact is not None:
        told = (meaning.reference, meaning.language) if meaning else (None, None)
        ORDERS[name](session, Order(received, contact, name, *told))
