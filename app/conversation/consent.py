"""May we text you later? Asked once, of somebody who has just written to us about a report: docs/decisions/0005.

It is a question in an open conversation, so nobody is woken by it, and it names no subject.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.directory.current import current_directory
from app.intake.incoming import Received
from app.language import choose, mark, say
from app.outbox.queueing import answer_sender
from app.reports.consents import VERSIONS, Act, Consent, newest, note
from app.reports.models import Contact
from app.understanding.yes_or_no import Verdict, read_verdict

WAIT = timedelta(days=7)
"""A "1" that comes later is about something else."""

# Translators: people answer with the number, or with their word for yes or no.
MAY_WE_ASK = mark("May we text you later to ask whether it was solved? Reply 1 yes, 2 no")
AGREED = mark("Thank you. We may text you to ask. To take this back, reply NO")
NOT_AGREED = mark("All right, we will not ask you.")


def offer(session: Session, received: Received, contact: Contact) -> None:
    """Ask whether this person may be asked later, once for each version of the question."""
    if not received.sender.may_be_asked or newest(session, contact.id, "contact_again"):
        return
    note(session, contact.id, "contact_again", "asked", received.incoming.channel.slug)
    _reply(session, received, contact, "question", MAY_WE_ASK, f"contact_again:{VERSIONS['contact_again']}")


def take_consent(session: Session, received: Received, since: datetime | None) -> bool:
    """Whether this message gives the consent that was asked for, refuses it, or takes it back.

    Most messages are no yes and no no: for them, nothing is looked up.
    """
    contact, text = received.sender.contact, received.incoming.text
    verdict = read_verdict(text, languages_of(received), offered=2)
    if contact is None or verdict is None:
        return False
    act = _act(verdict, text, newest(session, contact.id, "contact_again"), since)
    if act is None:
        return False
    note(session, contact.id, "contact_again", act, received.incoming.channel.slug)
    said = AGREED if act == "given" else NOT_AGREED
    _reply(session, received, contact, "fixed", said, str(received.message_id))
    return True


def languages_of(received: Received) -> tuple[str, ...]:
    """In which languages an answer may be: the person's own first, then all of the country, since people mix."""
    contact = received.sender.contact
    offered = current_directory().country(received.incoming.channel.country).languages
    return (contact.language, *offered) if contact and contact.language else offered


def _act(verdict: Verdict, text: str, last: Consent | None, since: datetime | None) -> Act | None:
    """What it means after this last act; None where it is an answer to something else, or to nothing."""
    if last is None or (since is not None and last.at < since):
        return None
    if last.act == "given":
        in_words = not text.strip()[:1].isdecimal()
        return "withdrawn" if verdict == "no" and in_words else None
    if last.act != "asked" or datetime.now(UTC) - last.at > WAIT:
        return None
    return "given" if verdict == "yes" else "refused"


def _reply(session: Session, received: Received, contact: Contact, purpose: str, text: str, cause: str) -> None:
    """Queue it where this person can be answered at all."""
    if not received.sender.may_be_asked:
        return
    language = choose(languages_of(received), contact.language, None)
    channel = received.incoming.channel.slug
    answer_sender(session, contact, channel, purpose, f"{contact.id}:{cause}", language, say(language, text))
