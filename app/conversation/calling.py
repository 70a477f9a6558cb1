"""CALL ME: a person is asked to call about the newest open report, or about one that is filed for it.

Whoever works on it sees the wish, never the number.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.orders import Order
from app.intake.filing import file_report
from app.intake.incoming import Matter
from app.language import mark
from app.reports.lifecycle import OPEN
from app.reports.models import Contact, Report
from app.reports.timeline import record

CALL_BACK = "call_back"
"""The flag of a report whose reporter asks to be called."""

# Translators: {reference} looks like KE-7F3K9QX.
NOTED = mark("{reference}: you ask to be called. Your number stays hidden, so the answer may also come as a text.")


def obey_call_me(session: Session, order: Order) -> None:
    report = newest_open(session, order.contact) or _new(session, order)
    ask_for_call(session, report)
    order.answer(session, "reply", NOTED, reference=report.reference)


def newest_open(session: Session, contact: Contact) -> Report | None:
    mine = select(Report).where(Report.contact_id == contact.id, Report.status.in_(OPEN))
    return session.scalars(mine.order_by(Report.created_at.desc()).limit(1).with_for_update()).one_or_none()


def ask_for_call(session: Session, report: Report) -> None:
    """Note the wish, once as long as it stands."""
    if CALL_BACK not in report.flags:
        report.flags = [*report.flags, CALL_BACK]
        record(session, report, "call_asked")


def _new(session: Session, order: Order) -> Report:
    """Nothing is known but that somebody wants to speak: the country's desk calls."""
    received = order.received
    matter = Matter(
        country=order.country.code,
        sector=None,
        language=order.language,
        channel=received.incoming.kind,
        said_in=(received.message_id,),
    )
    return file_report(session, received.sender, matter)
