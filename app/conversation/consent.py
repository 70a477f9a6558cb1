"""What may we do later, beside following up? Asked one by one, of somebody who writes to us about a report anyway.

May we text you later, text the answers themselves, show your words to the office in charge, publish them: each is a
question in an open conversation (docs/decisions/0005), so nobody is woken by it, and it names no subject. NO takes
everything back, NO and a number one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.on_behalf import ON_BEHALF
from app.directory.current import current_directory
from app.intake.incoming import Received
from app.language import choose, mark, say
from app.outbox.queueing import answer_sender
from app.reports.consents import Act, Consent, Purpose, newest_of_each, note
from app.reports.models import Contact, Report
from app.reports.timeline import record
from app.understanding.answers import read_choice
from app.understanding.yes_or_no import Verdict, read_verdict

WAIT = timedelta(days=7)
"""A "1" that comes later is about something else."""

# Translators: people answer with the number, or with their word for yes or no.
MAY_WE_ASK = mark("May we text you later to ask whether it was solved? Reply 1 yes, 2 no")
MAY_WE_TEXT_ANSWERS = mark(
    "May we text you the answers themselves? Others with your phone could read them. Reply 1 yes, 2 no"
)
MAY_WE_SHOW = mark("May the office in charge read your words, without name and number? Reply 1 yes, 2 no")
MAY_WE_PUBLISH = mark("May we publish your words, without name and number? Reply 1 yes, 2 no")
AGREED = mark("Thank you. We may text you to ask. To take this back, reply NO")
# Translators: {order} looks like NO 3. NO stays as it is.
AGREED_TOO = mark("Thank you. To take this back, reply {order}. To take back all: NO")
NOT_AGREED = mark("All right, we will not ask you.")
NOT_AGREED_EITHER = mark("All right, we will not do that.")

QUESTIONS: dict[Purpose, str] = {
    "contact_again": MAY_WE_ASK,
    "answers_as_text": MAY_WE_TEXT_ANSWERS,
    "share_words": MAY_WE_SHOW,
    "publish": MAY_WE_PUBLISH,
}
"""In the order in which they are asked, each another time that somebody writes; "NO 2" takes back the second."""

ABOUT_WORDS: tuple[Purpose, ...] = ("share_words", "publish")
"""Of these, those who work on the person's reports read the answer on each of them. They are about the words of the
reports there are: who reports again is asked again, and who reports for somebody else is not asked."""


def offer(session: Session, received: Received, contact: Contact) -> None:
    """Ask this person the next thing that is not settled. Who left a question unanswered is asked nothing more."""
    known = newest_of_each(session, contact.id)
    is_waiting = any(last.act == "asked" for last in known.values())
    if is_waiting or not received.sender.may_be_asked:
        return
    purpose = _unsettled(session, contact, known)
    if purpose is None:
        return
    note(session, contact.id, purpose, "asked", received.incoming.channel.slug)
    _reply(session, received, contact, "question", QUESTIONS[purpose], f"{purpose}:{received.message_id}")


def _unsettled(session: Session, contact: Contact, known: dict[str, Consent]) -> Purpose | None:
    """The first that was never asked, or that was given about the words of earlier reports only."""
    mine = select(Report).where(Report.contact_id == contact.id).order_by(Report.created_at.desc())
    newest = session.scalars(mine.limit(1)).one_or_none()
    for purpose in QUESTIONS:
        if purpose in ABOUT_WORDS and (newest is None or ON_BEHALF in newest.flags):
            continue
        last = known.get(purpose)
        if last is None or (purpose in ABOUT_WORDS and last.act == "given" and _is_older(last, newest)):
            return purpose
    return None


def _is_older(last: Consent, report: Report | None) -> bool:
    return report is not None and last.at < report.created_at


def take_consent(session: Session, received: Received, since: datetime | None) -> bool:
    """Whether this message gives the consent that was asked for, refuses it, or takes back what was given.

    Most messages are no yes and no no: for them, nothing is looked up.
    """
    contact, text = received.sender.contact, received.incoming.text
    one = _named(text, languages_of(received))
    verdict = "no" if one else read_verdict(text, languages_of(received), offered=2)
    if contact is None or verdict is None:
        return False
    known = newest_of_each(session, contact.id)
    meant = None if one else _asked(known.values(), since)
    if meant is not None:
        _settle(session, received, contact, [meant], "given" if verdict == "yes" else "refused")
        return True
    given = _taken_back(known.values(), verdict, text, since)
    given = [last for last in given if one in (None, last.purpose)]
    if given:
        _settle(session, received, contact, given, "withdrawn")
    return bool(given)


def _named(text: str, languages: tuple[str, ...]) -> Purpose | None:
    """The one consent that "NO 3", in any of these languages, takes back."""
    word, _, number = text.strip(" .!").rpartition(" ")
    if not (word and not word[:1].isdecimal() and read_verdict(word, languages, offered=2) == "no"):
        return None
    choice = read_choice(number, len(QUESTIONS))
    return tuple(QUESTIONS)[choice - 1] if choice else None


def languages_of(received: Received) -> tuple[str, ...]:
    """In which languages an answer may be: the person's own first, then all of the country, since people mix."""
    contact = received.sender.contact
    offered = current_directory().country(received.incoming.channel.country).languages
    return (contact.language, *offered) if contact and contact.language else offered


def _asked(known: Iterable[Consent], since: datetime | None) -> Consent | None:
    """The question that waits for its answer, the one asked last; None where something else was asked since."""
    waiting = [last for last in known if last.act == "asked" and datetime.now(UTC) - last.at <= WAIT]
    newest = max(waiting, key=lambda last: last.id, default=None)
    return None if newest is None or (since is not None and newest.at < since) else newest


def _taken_back(known: Iterable[Consent], verdict: Verdict, text: str, since: datetime | None) -> list[Consent]:
    """What a NO in words takes back: everything that was given. A bare "2" may answer something else."""
    if verdict != "no" or text.strip()[:1].isdecimal():
        return []
    return [last for last in known if last.act == "given" and (since is None or last.at >= since)]


def _settle(session: Session, received: Received, contact: Contact, meant: list[Consent], act: Act) -> None:
    """Note the act, and answer it once; what is about words is told to those who work on them."""
    purposes: list[Purpose] = [last.purpose for last in meant]  # type: ignore[misc]
    for purpose in purposes:
        note(session, contact.id, purpose, act, received.incoming.channel.slug)
        if purpose in ABOUT_WORDS:
            _tell_staff(session, contact, purpose, act)
    about_asking = purposes == ["contact_again"]
    agreed, not_agreed = (AGREED, NOT_AGREED) if about_asking else (AGREED_TOO, NOT_AGREED_EITHER)
    order = f"NO {tuple(QUESTIONS).index(purposes[0]) + 1}"
    said = agreed if act == "given" else not_agreed
    _reply(session, received, contact, "fixed", said, str(received.message_id), order=order)


def _tell_staff(session: Session, contact: Contact, purpose: Purpose, act: Act) -> None:
    """A line on each of this person's reports."""
    for report in session.scalars(select(Report).where(Report.contact_id == contact.id)).all():
        record(session, report, "consent", purpose=purpose, act=act)


def _reply(
    session: Session, received: Received, contact: Contact, purpose: str, text: str, cause: str, **values: str
) -> None:
    """Queue it where this person can be answered at all."""
    if not received.sender.may_be_asked:
        return
    language = choose(languages_of(received), contact.language, None)
    channel, body = received.incoming.channel.slug, say(language, text, **values)
    answer_sender(session, contact, channel, purpose, f"{contact.id}:{cause}", language, body)
