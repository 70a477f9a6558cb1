"""Asking the person for what is missing: one click, one question, and the report waits for them."""

from __future__ import annotations

import uuid

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.followup.asking_more import MOST_QUESTIONS, ask_for, times_asked
from app.inbox import acts
from app.inbox.acts import Refused, is_done, lock
from app.inbox.labels import MISSING
from app.reports.lifecycle import next_statuses
from app.reports.models import Report

WAITING = "needs_information"


def ask(session: Session, reference: str, form: uuid.UUID, what: str) -> None:
    """Ask for the place, the problem or more words, and wait. Raises NoSuchReport, Refused."""
    report = lock(session, reference)
    if is_done(session, report, form):
        return
    if what not in dict(questions_for(report)):
        raise Refused("ask", _("This cannot be asked any more."))
    if report.status != WAITING:
        acts.move(session, report, WAITING, "", asked=what)
    ask_for(session, report, what, form=str(form))


def questions_for(report: Report) -> tuple[tuple[str, str], ...]:
    """What may be asked, each with the words for its button; nothing where nobody can be reached, after two
    questions, or when it is over."""
    reachable = report.answerable and report.contact_id and report.reply_channel
    waits = report.status == WAITING or WAITING in next_statuses(report.status)
    if not (reachable and waits) or times_asked(report) >= MOST_QUESTIONS:
        return ()
    return tuple((what, str(words)) for what, words in MISSING.items())
