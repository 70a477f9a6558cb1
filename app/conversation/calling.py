"""CALL ME: a person is asked to call about the newest open report, or about one that is filed for it.

Whoever works on it sees the wish, never the number.
"""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.orders import Order
from app.intake.filing import file_report
from app.intake.incoming import Matter, Sender
from app.language import mark
from app.reports.lifecycle import OPEN
from app.reports.marks import hear
from app.reports.models import Contact, Report
from app.reports.timeline import record

CALL_BACK = "call_back"
"""The flag of a report whose reporter asks to be called."""

# Translators: {reference} looks like KE-7F3K9QX.
NOTED = mark("{reference}: you ask to be called. Your number stays hidden, so the answer may also come as a text.")


def obey_call_me(session: Session, order: Order) -> None:
    received = order.received
    wanted = nothing_known(order.country.code, order.language, received.incoming.kind, (received.message_id,))
    report = ask_for_call(session, received.sender, wanted)
    order.answer(session, "reply", NOTED, reference=report.reference)


def nothing_known(country: str, language: str, channel: str, said_in: tuple[uuid.UUID, ...] = ()) -> Matter:
    """The matter of somebody who only wants to speak: the country's desk calls."""
    return Matter(country=country, sector=None, language=language, channel=channel, said_in=said_in)


def ask_for_call(session: Session, sender: Sender, wanted: Matter) -> Report:
    """Note the wish on this sender's newest open report, once as long as it stands; else file it as this matter."""
    report = _newest_open(session, sender.contact) or file_report(session, sender, wanted)
    if CALL_BACK not in report.flags:
        report.flags = [*report.flags, CALL_BACK]
        record(session, report, "call_asked")
        hear(session, report)
    return report


def _newest_open(session: Session, contact: Contact | None) -> Report | None:
    if contact is None:
        return None
    mine = select(Report).where(Report.contact_id == contact.id, Report.status.in_(OPEN))
    return session.scalars(mine.order_by(Report.created_at.desc()).limit(1).with_for_update()).one_or_none()
