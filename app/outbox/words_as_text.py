"""A partner's words as text, where the person agreed to that: decided when the message leaves, by whoever sends it.

Those who answer may not know what somebody agreed to beyond their own words, and it can be taken back until then.
"""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.current import current_directory
from app.language import say
from app.outbox import wording
from app.outbox.models import OutgoingMessage
from app.reports.consents import newest
from app.reports.models import Answer, Report
from app.reports.sealed import OUTGOING
from app.reports.sealing import keep
from sms.segments import count

NOTICE, WORDS = "answer_notice", "answer"
"""The purposes of a message about an answer: word that it waits, and the answer itself."""

SENSITIVE = "sensitive"


def choose_words(session: Session, message: OutgoingMessage) -> None:
    """Have a message about a new answer say what it may say at this moment: the words, or that they wait."""
    if not message.key.startswith(f"{NOTICE}:") or message.report is None:
        return
    answer = session.get(Answer, uuid.UUID(message.key.rpartition(":")[2]))
    if answer is None:
        return
    reference = message.report.reference
    if _may_say(session, message):
        message.purpose, message.body = WORDS, f"{reference}: {answer.body}"
    else:
        message.purpose, message.body = NOTICE, say(message.language, wording.ANSWER_WAITS, reference=reference)
    message.segments = count(message.body).parts


def seal_sent(session: Session, report: Report) -> None:
    """Seal a partner's words that went out as text before their report became sensitive."""
    sent = OutgoingMessage.report_id == report.id, OutgoingMessage.purpose == WORDS, OutgoingMessage.body != ""
    for message in session.scalars(select(OutgoingMessage).where(*sent)).all():
        keep(session, report, OUTGOING, message.id, message.body)
        message.body = ""


def _may_say(session: Session, message: OutgoingMessage) -> bool:
    last = newest(session, message.contact_id, "answers_as_text")
    return last is not None and last.act == "given" and not _is_sensitive(message.report)


def _is_sensitive(report: Report | None) -> bool:
    """By hand, or by what it is about; also where we cannot tell any more."""
    if report is None or report.sealed or SENSITIVE in report.flags:
        return True
    try:
        return bool(report.problem_type) and current_directory().problem(report.problem_type).sensitive
    except KeyError:
        return True
