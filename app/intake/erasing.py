"""Taking words back: what stays of a report is that there was one, what it was about, and where."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language import mark, say
from app.photos.keeping import forget_photos
from app.reports.locations import forget_location
from app.reports.models import IncomingMessage, Report
from app.reports.sealing import forget_words
from app.reports.timeline import record

# Translators: stands in place of what the person wrote, for the partner to read.
TOMBSTONE = mark("[The person took these words back.]")


def take_words_back(session: Session, report: Report) -> None:
    """Delete the person's words, photos, location and number from this report, and note it on its timeline."""
    mine = IncomingMessage.report_id == report.id
    forget_photos(session, mine)
    forget_location(session, report)
    forget_words(session, report)
    for message in session.scalars(select(IncomingMessage).where(mine)).all():
        message.body, message.contact_id, message.redacted_at = say(report.language, TOMBSTONE), None, None
    report.contact_id, report.answerable = None, False
    record(session, report, "words_taken_back")
