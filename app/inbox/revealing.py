"""Having a person's number shown: with a reason that is written down first, and not often in a day."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.inbox import acts
from app.inbox.models import place_of
from app.reports.models import Report
from app.reports.reveals import ContactReveal
from app.reports.timeline import by, record
from app.viewer import current_viewer

DAILY = 20
"""Numbers in a day for one person. That is more calls than anybody makes beside other work, and too few to carry a
list of the people away; a lead sees each of them."""

DAY = timedelta(days=1)
SHOWN = "contact_shown"
OTHER = "other"
IN_A_FILE = "file"
"""Why, where it was taken out with others; nobody chooses that for one."""

REASONS: dict[str, LazyString] = {
    "asked": lazy_gettext("They asked to be called"),
    "details": lazy_gettext("Something is missing that only a call can clear up"),
    "danger": lazy_gettext("Somebody may be in danger"),
    "visit": lazy_gettext("A visit has to be agreed on"),
    OTHER: lazy_gettext("Another reason, written below"),
}
SAID_WHY: dict[str, LazyString] = {**REASONS, IN_A_FILE: lazy_gettext("Taken out in a file")}
"""How each reason is said afterwards."""


class ShownBefore(RuntimeError):
    """The form with this number has shown it already."""


def has_number(report: Report) -> bool:
    """Whether there is a number to be shown: not for what came without one, nor of somebody who had it erased."""
    return report.answerable and report.contact_id is not None


def write_down(session: Session, reference: str, form: uuid.UUID, why: str, words: str) -> ContactReveal:
    """Note that the viewer has this report's number shown, and why; the line then opens it once.

    Raises NoSuchReport, Refused, ShownBefore.
    """
    report = acts.lock(session, reference)
    if acts.is_done(session, report, form):
        raise ShownBefore(reference)
    words = acts.words("reveal_reason", words, acts.LONGEST_REASON)
    _check(session, report, why, words)
    return note(session, report, form, why, words)


def note(session: Session, report: Report, form: uuid.UUID, why: str, words: str) -> ContactReveal:
    """The line that opens this report's number once, and one on the report's timeline. What may be shown at all,
    and how often, is for the caller to ask."""
    record(session, report, SHOWN, why=why, reason=words, form=str(form))
    viewer = current_viewer()
    line = ContactReveal(
        report_id=report.id,
        reference=report.reference,
        account_id=viewer.account_id,
        place=place_of(viewer),
        by=by(viewer),
        why=why,
        reason="" if report.sealed else words,  # it stands sealed on the timeline
        contact_id=report.contact_id,
    )
    session.add(line)
    session.flush()
    return line


def shown_today(session: Session) -> int:
    """How many numbers the viewer has had shown in the last 24 hours."""
    mine = select(func.count(ContactReveal.id)).where(ContactReveal.account_id == current_viewer().account_id)
    return session.scalars(mine.where(ContactReveal.at > datetime.now(UTC) - DAY)).one()


def left_today(session: Session) -> int:
    """How many more numbers the viewer may have shown, one by one or in files."""
    return max(DAILY - shown_today(session), 0)


def _check(session: Session, report: Report, why: str, words: str) -> None:
    if not has_number(report):
        raise acts.Refused("why", _("There is no number for this report."))
    if why not in REASONS:
        raise acts.Refused("why", _("Choose the reason."))
    if why == OTHER and not words:
        raise acts.Refused("reveal_reason", _("Write the reason."))
    one_after_the_other(session)
    if not left_today(session):
        raise acts.Refused("why", _("You have had %(n)d numbers shown today. More are possible tomorrow.", n=DAILY))


def one_after_the_other(session: Session) -> None:
    """Two windows of one person at once would otherwise both find room under the quota."""
    mine = func.hashtextextended(f"contact_reveal/{current_viewer().account_id}", 0)
    session.execute(select(func.pg_advisory_xact_lock(mine)))
