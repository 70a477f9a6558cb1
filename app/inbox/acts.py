"""What staff do to a report. Each act is one use case inside the caller's transaction, and leaves a line on the
report's timeline.

Every form carries a number of its own. The report is locked first, so when a form is sent twice, the second one
finds the number on the timeline and changes nothing.
"""

from __future__ import annotations

import uuid
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.steps import reach
from app.followup.asking_one import ask_later
from app.inbox.colleagues import colleagues, readers_among
from app.inbox.following.mentions import called_in
from app.outbox.queueing import tell_answer, tell_update
from app.reports.lifecycle import DUPLICATE, NEEDS_A_REASON, IllegalMove, check_move
from app.reports.models import Answer, Event, Report
from app.reports.sealing import may_read
from app.reports.timeline import by, record
from app.viewer import current_viewer
from sms.text import clean

LONGEST_NOTE = 4000
LONGEST_REPLY = 1000
LONGEST_REASON = 500


class NoSuchReport(LookupError):
    """There is no report with this reference that the viewer may see."""


class Refused(ValueError):
    """What was entered in `field` cannot be accepted; the message says why, in the page's language."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Stale(Refused):
    """Somebody else changed the report after this form was opened."""


def change_status(session: Session, reference: str, form: uuid.UUID, was: str, to: str, reason: str) -> None:
    """Move the report on and tell the person. `was` is the status that the form showed.

    Raises NoSuchReport, Stale, Refused.
    """
    report = lock(session, reference)
    if is_done(session, report, form):
        return
    reason = words("reason", reason, LONGEST_REASON)
    if report.status != was:
        raise Stale("status", _("Somebody changed this report while you had it open. Look at it again first."))
    tell_of(session, report, move(session, report, to, reason, form=str(form)))


def add_note(session: Session, reference: str, form: uuid.UUID, text: str) -> str | None:
    """Keep a note that only those who work on the report ever see, and have those who are called in it told.

    Returns "note_unheard" where a name in it is nobody's. Raises NoSuchReport, Refused.
    """
    report = lock(session, reference)
    if is_done(session, report, form):
        return None
    kept = keep_note(session, report, check_note(text), form=str(form))
    return "note_unheard" if "unheard" in kept.detail else None


def reply(session: Session, reference: str, form: uuid.UUID, text: str) -> None:
    """Answer the person: the words are kept for them, and word of it is sent. Raises NoSuchReport, Refused."""
    report = lock(session, reference)
    if is_done(session, report, form):
        return
    give_answer(session, report, check_reply(text), form=str(form))


def move(session: Session, report: Report, to: str, reason: str, **how: str) -> Event:
    """Give a locked report another status. Nobody is told yet; `how` stands on the line. Raises Refused."""
    may_move(report.status, to, reason)
    old = report.status
    reach(report, to)
    return record(session, report, "status", old=old, new=to, reason=reason, **how)


def tell_of(session: Session, report: Report, change: Event) -> None:
    """Tell the person of this change of status; that it is resolved is asked."""
    resolved = change.detail["new"] == "resolved"
    ask_later(session, report, change) if resolved else tell_update(session, report, change)


def keep_note(session: Session, report: Report, text: str, **how: str) -> Event:
    """`mentions` on the line: who is called, by what was written for them; `unheard`: a name was nobody's."""
    called = called_in(text, readers_among(session, report, colleagues(session, report)) if "@" in text else ())
    told: dict[str, Any] = {"mentions": {written: int(key) for written, key in called.people.items()}}
    told |= {"unheard": bool(called.unknown)}
    return record(session, report, "note", text=text, **{name: who for name, who in told.items() if who}, **how)


def give_answer(session: Session, report: Report, text: str, **how: str) -> Event:
    """Keep this answer for the person and send word of it."""
    answer = Answer(report=report, report_id=report.id, body=text, by=by(current_viewer()))
    session.add(answer)
    session.flush()
    answered = record(session, report, "answered", answer=str(answer.id), **how)
    tell_answer(session, report, answer)
    return answered


def check_note(text: str) -> str:
    return _some_words("note", text, LONGEST_NOTE, _("Write the note first."))


def check_reply(text: str) -> str:
    return _some_words("reply", text, LONGEST_REPLY, _("Write the reply first."))


def lock(session: Session, reference: str) -> Report:
    """The report, locked so that acts on it happen one after the other.

    Raises NoSuchReport, also for a sensitive one that the viewer may not read.
    """
    report = session.scalars(select(Report).where(Report.reference == reference).with_for_update()).one_or_none()
    if report is None or not may_read(session, report):
        raise NoSuchReport(reference)
    return report


def is_done(session: Session, report: Report, form: uuid.UUID) -> bool:
    """Whether the form with this number has been dealt with already."""
    same = select(Event.id).where(Event.report_id == report.id, Event.detail["form"].astext == str(form))
    return session.scalars(same.limit(1)).one_or_none() is not None


def words(field: str, text: str, most: int) -> str:
    """The text as it may be stored. Raises Refused when it is too long."""
    cleaned = clean(text).strip()
    if len(cleaned) > most:
        raise Refused(field, _("This is %(n)d characters too long.", n=len(cleaned) - most))
    return cleaned


def _some_words(field: str, text: str, most: int, otherwise: str) -> str:
    text = words(field, text, most)
    if not text:
        raise Refused(field, otherwise)
    return text


def may_move(was: str, to: str, reason: str) -> None:
    """Raises Refused where staff may not make this move, or give no reason where one is due."""
    try:
        check_move(was, to, reason)
    except IllegalMove:
        raise _refusal(to, reason) from None


def _refusal(to: str, reason: str) -> Refused:
    if not to:
        return Refused("status", _("Choose the new status."))
    if to == DUPLICATE:
        return Refused("status", _("Merge it with the report that it repeats: that makes it a duplicate."))
    if to in NEEDS_A_REASON and not reason:
        return Refused("reason", _("Give a reason for this status."))
    return Refused("status", _("This report cannot go to that status from where it stands."))
