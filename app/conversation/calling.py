"""CALL ME: a person is asked to call about the newest open report, or about one that is filed for it.

Whoever works on it sees the wish, when it suits them and in which language they speak; never the number.
"""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.asking_back import wait_for_reply
from app.conversation.orders import Order
from app.intake.filing import file_report
from app.intake.incoming import Matter, Sender
from app.language import mark, say
from app.reports.lifecycle import OPEN
from app.reports.models import Contact, Report
from app.reports.timeline import record
from app.understanding.answers import read_choice
from app.understanding.fold import fold
from app.understanding.meaning import Meaning

CALL_BACK = "call_back"
"""The flag of a report whose reporter asks to be called."""

# Translators: {reference} looks like KE-7F3K9QX.
NOTED = mark("{reference}: you ask to be called. Your number stays hidden, so the answer may also come as a text.")
NOTED_WHEN = mark("{reference}: you ask to be called.")

# Translators: also a screen of the telephone menu. Use very few words.
CALL_WHEN = mark("When shall we call you?")
MORNING, AFTERNOON, EVENING = mark("Morning"), mark("Afternoon"), mark("Evening")

TIMES = {"morning": MORNING, "afternoon": AFTERNOON, "evening": EVENING}
"""In the order in which they are offered, from 1."""


def obey_call_me(session: Session, order: Order) -> None:
    """Note the wish, and ask when; who does not say is called all the same."""
    received = order.received
    wanted = nothing_known(order.country.code, order.language, received.incoming.kind, (received.message_id,))
    report = ask_for_call(session, received.sender, wanted)
    choices = " ".join(f"{number} {say(order.language, label)}" for number, label in enumerate(TIMES.values(), 1))
    asked = f"{say(order.language, CALL_WHEN)} {choices}"
    order.reply(session, "reply", say(order.language, NOTED, reference=report.reference), asked)
    wait_for_reply(order)


def take_call_time(session: Session, order: Order, _meaning: Meaning) -> bool:
    """Whether this message says when."""
    when = _read_time(order.received.incoming.text, order.language)
    report = _newest_open(session, order.contact)
    if when is None or report is None:
        return False
    note_time(session, report, when, order.contact.language or report.language)
    order.answer(session, "reply", NOTED_WHEN, reference=report.reference)
    return True


def nothing_known(country: str, language: str, channel: str, said_in: tuple[uuid.UUID, ...] = ()) -> Matter:
    """The matter of somebody who only wants to speak: the country's desk calls."""
    return Matter(country=country, sector=None, language=language, channel=channel, said_in=said_in)


def ask_for_call(session: Session, sender: Sender, wanted: Matter) -> Report:
    """Note the wish on this sender's newest open report, once as long as it stands; else file it as this matter."""
    report = _newest_open(session, sender.contact) or file_report(session, sender, wanted)
    if CALL_BACK not in report.flags:
        report.flags = [*report.flags, CALL_BACK]
        record(session, report, "call_asked")
    return report


def note_time(session: Session, report: Report, when: str, language: str) -> None:
    """Write down when it suits them, one of TIMES, and the language that they speak with us."""
    record(session, report, "call_time", when=when, language=language)


def _read_time(text: str, language: str) -> str | None:
    """By its number, or by its word in this language or in English."""
    choice = read_choice(text, len(TIMES))
    if choice is not None:
        return list(TIMES)[choice - 1]
    said = fold(text).strip(" .!")
    return next((when for when, label in TIMES.items() if said in (fold(say(language, label)), when)), None)


def _newest_open(session: Session, contact: Contact | None) -> Report | None:
    if contact is None:
        return None
    mine = select(Report).where(Report.contact_id == contact.id, Report.status.in_(OPEN))
    return session.scalars(mine.order_by(Report.created_at.desc()).limit(1).with_for_update()).one_or_none()
