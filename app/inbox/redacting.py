"""Acts by which something in a person's words is blacked out, the original is read, or put back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inbox import acts
from app.reports import redacting
from app.reports.models import IncomingMessage, Report
from app.reports.sealed import leads
from app.reports.sealing import may_read
from app.reports.timeline import record
from app.viewer import current_viewer
from sms.text import clean

REDACTED, ORIGINAL_READ, RESTORED = "redacted", "original_read", "redaction_undone"
"""The events."""


@dataclass(frozen=True)
class RedactPage:
    """A message that may be blacked out. `numbers` are offered; `original` is what a lead has just opened."""

    report: Report
    message: uuid.UUID
    text: str
    numbers: tuple[str, ...]
    is_redacted: bool
    is_led: bool
    original: str | None = None

    longest = acts.LONGEST_REASON

    def new_form(self) -> str:
        """The number that makes one form count once."""
        return str(uuid.uuid4())


def read_page(
    session: Session, reference: str, number: uuid.UUID, original: str | None = None
) -> RedactPage | None:
    """None where the viewer may not read the message, or there is none."""
    report = session.scalars(select(Report).where(Report.reference == reference)).one_or_none()
    message = _of(session, report, number) if report is not None and may_read(session, report) else None
    if report is None or message is None:
        return None
    text = redacting.words_of_message(session, message)
    return RedactPage(
        report=report,
        message=number,
        text=text,
        numbers=redacting.numbers_in(text),
        is_redacted=message.redacted_at is not None,
        is_led=leads(report, current_viewer()),
        original=original,
    )


def redact(
    session: Session, reference: str, form: uuid.UUID, number: uuid.UUID, marked: str, chosen: Sequence[str]
) -> None:
    """Hide what is marked and the chosen numbers. Raises NoSuchReport, Refused."""
    report, message = _locked(session, reference, number)
    if acts.is_done(session, report, form):
        return
    text = redacting.words_of_message(session, message)
    offered = tuple(one for one in redacting.numbers_in(text) if one in chosen)
    try:
        hidden = redacting.blacked_out(text, clean(marked), offered)
    except redacting.NotTheSame:
        raise acts.Refused(
            "marked", _("Change nothing in the text: only put [[ and ]] around what is to be hidden.")
        ) from None
    if redacting.BLACK not in hidden or hidden.split() == text.split():
        raise acts.Refused("marked", _("Nothing is marked yet."))
    redacting.redact(session, report, message, hidden)
    record(session, report, REDACTED, form=str(form))


def read_original(session: Session, reference: str, form: uuid.UUID, number: uuid.UUID, reason: str) -> str:
    """The words before anything was blacked out, once for each reason. For leads. Raises NoSuchReport, Refused."""
    report, message = _locked(session, reference, number)
    reason = _reason_of_lead(report, reason)
    original = redacting.read_original(session, report, message)
    if original is None or acts.is_done(session, report, form):
        raise acts.Refused("reason", _("It was shown already. Say once more why you need it."))
    record(session, report, ORIGINAL_READ, reason=reason, form=str(form))
    return original


def restore(session: Session, reference: str, form: uuid.UUID, number: uuid.UUID, reason: str) -> None:
    """Put the original words back. For leads. Raises NoSuchReport, Refused."""
    report, message = _locked(session, reference, number)
    if acts.is_done(session, report, form):
        return
    reason = _reason_of_lead(report, reason)
    if redacting.restore(session, report, message):
        record(session, report, RESTORED, reason=reason, form=str(form))


def _locked(session: Session, reference: str, number: uuid.UUID) -> tuple[Report, IncomingMessage]:
    report = acts.lock(session, reference)
    message = _of(session, report, number)
    if message is None:
        raise acts.NoSuchReport(reference)
    return report, message


def _of(session: Session, report: Report, number: uuid.UUID) -> IncomingMessage | None:
    mine = select(IncomingMessage).where(IncomingMessage.id == number, IncomingMessage.report_id == report.id)
    return session.scalars(mine).one_or_none()


def _reason_of_lead(report: Report, text: str) -> str:
    if not leads(report, current_viewer()):
        raise acts.Refused("reason", _("Only a lead of the partner that has the report can do this."))
    reason = acts.words("reason", text, acts.LONGEST_REASON)
    if not reason:
        raise acts.Refused("reason", _("Say why."))
    return reason
