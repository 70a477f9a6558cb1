"""Which order a message is, and what each does."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.conversation import calling, commands, erasing, explaining, own_data, speaking
from app.conversation.asking_back import wait_no_more
from app.conversation.consent import languages_of
from app.conversation.language_names import read_code
from app.conversation.orders import Order
from app.intake.incoming import Received
from app.understanding.meaning import Meaning
from app.understanding.orders import Name, read_order
from app.understanding.yes_or_no import read_verdict

ORDERS: dict[Name, Callable[[Session, Order], None]] = {
    "stop": commands.obey_stop,
    "start": commands.obey_start,
    "help": commands.obey_help,
    "status": commands.obey_status,
    "read": commands.obey_read,
    "how": explaining.obey_how,
    "language": speaking.obey_language,
    "my_data": own_data.obey_my_data,
    "erase": erasing.obey_erase,
    "call_me": calling.obey_call_me,
}
"""Every order of the product's contract."""

REPLIES: dict[str, Callable[[Session, Order, Meaning], bool]] = {
    "how": explaining.take_how,
    "language": speaking.take_language,
    "erase": erasing.take_erasure,
    "call_me": calling.take_call_time,
}
"""What takes the answer to what an order has asked back; False where the message is about something else."""


def order_in(received: Received, meaning: Meaning) -> Name | None:
    """The order that the message is. A yes or a no is an answer, also where it is an order's word in another
    language: isiXhosa "ewe" is no Ewe. What comes with a picture reports something, but for STOP."""
    if received.incoming.media and meaning.command != "stop":
        return None
    if meaning.command is None:
        return "language" if _names_language(received) else None
    is_answer = read_verdict(received.incoming.text, languages_of(received)) is not None
    return None if is_answer else meaning.command


def obey(session: Session, received: Received, name: Name, meaning: Meaning | None = None) -> None:
    """Do what was ordered. A sender that can have no phone number is not obeyed and not answered."""
    contact = received.sender.contact
    if contact is not None:
        told = (meaning.reference, meaning.language) if meaning else (None, None)
        ORDERS[name](session, Order(received, contact, name, *told))


def take_reply(session: Session, received: Received, meaning: Meaning) -> bool:
    """Whether this message answers the order that waits for it; it waits no longer, whatever the message is."""
    contact = received.sender.contact
    take = REPLIES.get((contact.asked_back if contact else None) or "")
    if contact is None or take is None:
        return False
    order = Order(received, contact, contact.asked_back, written=meaning.language)
    wait_no_more(order)
    return take(session, order, meaning)


def _names_language(received: Received) -> bool:
    """LANGUAGE, in any language, and a code."""
    text, country = received.incoming.text, received.incoming.channel.country
    if read_code(text) is None:
        return False
    order = read_order(text.split()[0], country)
    return order is not None and order.name == "language"
