"""An order that somebody gave us, and how it is answered."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.directory.catalogue import Country
from app.directory.current import current_directory
from app.intake.incoming import Received
from app.language import SOURCE, choose, say
from app.outbox.queueing import answer_sender
from app.reports.models import Contact
from app.understanding.orders import Name


@dataclass(frozen=True)
class Order:
    """`reference` is what followed STATUS, as it was typed; `written` the language that the order was given in."""

    received: Received
    contact: Contact
    name: Name
    reference: str | None = None
    written: str | None = None

    @property
    def channel(self) -> str:
        return self.received.incoming.channel.slug

    @property
    def country(self) -> Country:
        return current_directory().country(self.received.incoming.channel.country)

    @property
    def language(self) -> str:
        """The one chosen, else that of the order. STATUS and its like are typed as they stand in every language's
        messages: an English word says nothing."""
        written = None if self.written == SOURCE else self.written
        return choose(self.country.languages, self.contact.language, written)

    def answer(self, session: Session, purpose: str, text: str, **values: str) -> None:
        """Queue this marked message as the reply, where this person can be answered at all."""
        self.reply(session, purpose, say(self.language, text, **values))

    def reply(self, session: Session, purpose: str, *bodies: str) -> None:
        """Likewise these texts, one message each, in this order."""
        if not self.received.sender.may_be_asked:
            return
        for number, body in enumerate(bodies, 1):
            cause = f"{self.received.message_id}:{number}"
            answer_sender(session, self.contact, self.channel, purpose, cause, self.language, body)
