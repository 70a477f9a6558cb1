"""Pictures without words: people send them one by one, after they have said what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.intake.incoming import Received
from app.reports.marks import hear
from app.reports.models import IncomingMessage, OpenQuestion, Report

RECENT = timedelta(hours=1)
"""How long after a report a picture without words still belongs to it."""

BY_PHONE = ("sms", "whatsapp", "ussd")
"""On the web a number is only claimed: nobody else's pictures go with such a report."""


def goes_with_what_was_said(session: Session, received: Received, question: OpenQuestion | None) -> bool:
    """Whether this is nothing but pictures that go with the matter a question is open about, or with the report
    that this person has just made. It is linked there, and nothing is answered: no question is spent on it."""
    incoming, contact = received.incoming, received.sender.contact
    if not incoming.media or incoming.text.strip() or contact is None:
        return False
    if question is not None:
        question.about = [*question.about, received.message_id]
        return True
    mine = select(Report).where(Report.contact_id == contact.id, Report.channel.in_(BY_PHONE))
    just_made = mine.where(Report.created_at > datetime.now(UTC) - RECENT).order_by(Report.created_at.desc())
    report = session.scalars(just_made.limit(1)).one_or_none()
    if report is None:
        return False
    session.get_one(IncomingMessage, received.message_id).report_id = report.id
    hear(session, report)
    return True
