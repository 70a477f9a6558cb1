"""The letter of the morning: what was escalated to a lead since the last working day began, at most one a day.

It names references and nothing of what people said; who is away reads it when they are back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.access.letters import address
from app.access.models import Account, Membership
from app.database import transaction
from app.deadlines.clock import DESK, LEAD
from app.deadlines.escalating import ESCALATED
from app.deadlines.plans import plan_of
from app.deadlines.working_time import WorkingTime
from app.directory.catalogue import Partner
from app.directory.current import current_directory
from app.mail.letter import BadLetter, Letter, written_in
from app.mail.posting import post
from app.queue import jobs
from app.reports.models import Event, Report
from app.viewer import SIGN_IN, acting_as

PURPOSE = "escalated"
NAMED = 20
"""References in one letter; the list has the rest."""

LONGEST_BACK = timedelta(days=14)
"""No working day began since then: a letter goes back no further."""


@dataclass(frozen=True)
class Escalated:
    """What a letter tells: the references of the first few that came up to this moment, and how many there are."""

    partner: Partner
    country: str
    until: datetime
    references: tuple[str, ...]
    number: int


@jobs.periodic(cron="5 * * * *")
@jobs.task(name="deadlines.tell", queueing_lock="deadlines.tell")
def tell_leads(**_due: int) -> None:
    """Write to those whose working day has begun and who have not been written to today."""
    now = datetime.now(UTC)
    with transaction() as session:
        todo = list(_found(session, now))
    with acting_as(SIGN_IN), transaction() as session:
        for found in todo:
            _write(session, found)


def _found(session: Session, now: datetime) -> Iterator[Escalated]:
    """What is to be told to those who are at work at this moment."""
    for partner in current_directory().partners:
        for country in _countries(partner):
            working = plan_of(partner.slug, country).working
            begun = last_begin(working, now)
            if begun is None or not working.is_working(now):
                continue
            since = last_begin(working, begun - timedelta(microseconds=1)) or begun - LONGEST_BACK
            found = _escalated(session, partner, country, since, begun)
            if found.number:
                yield found


def last_begin(working: WorkingTime, now: datetime) -> datetime | None:
    """When the newest working day up to this moment began, None if that is long ago."""
    local = now.astimezone(ZoneInfo(working.zone))
    for back in range(LONGEST_BACK.days):
        day = local.date() - timedelta(days=back)
        begins = datetime.combine(day, working.opens, ZoneInfo(working.zone))
        if working.is_workday(day) and begins <= now:
            return begins.astimezone(UTC)
    return None


def _countries(partner: Partner) -> tuple[str, ...]:
    """Where it works on reports: an international one wherever it serves, the reviewer nowhere."""
    if partner.country or partner.kind == "reviewer":
        return (partner.country,) if partner.country else ()
    entries = current_directory().entry_points
    serving = {e.country for e in entries if any(one.partner == partner.slug for one in e.serving)}
    return tuple(sorted(serving))


def _escalated(session: Session, partner: Partner, country: str, since: datetime, until: datetime) -> Escalated:
    """What came to the lead; or to the desk, its own or its country's partners'. Only what is still overdue."""
    told = select(Report.reference).join(Event, Event.report_id == Report.id)
    told = told.where(Report.country == country, Report.due_at <= until)
    told = told.where(Event.kind == ESCALATED, Event.at > since, Event.at <= until)
    level = Event.detail["to"].astext
    if partner.kind == "desk":
        told = told.where((level == DESK) | (Report.partner == partner.slug))
    else:
        told = told.where(level == LEAD, Report.partner == partner.slug)
    several = told.distinct().subquery()
    number = session.scalars(select(func.count()).select_from(several)).one()
    first = session.scalars(select(several.c.reference).order_by(several.c.reference).limit(NAMED))
    return Escalated(partner, country, until, tuple(first), number)


def _write(session: Session, found: Escalated) -> None:
    """Write to each who leads there. What has been written is not written twice."""
    readers = select(Account).where(Account.disabled_at.is_(None))
    if found.partner.kind == "desk":
        readers = readers.where(Account.role == "desk", Account.country == found.country)
    else:
        readers = readers.where(_leads(found.partner.slug))
    for account in session.scalars(readers.order_by(Account.id)).all():
        try:
            letter = letter_for(account, found)
        except BadLetter:
            continue  # an address that cannot be written to; the list shows it all the same
        post(session, letter, cause=f"{account.id}:{found.country}:{found.until.isoformat()}")


def _leads(partner: str) -> ColumnElement[bool]:
    """Who leads there, be it the first or a further partner that they serve."""
    further = select(Membership.account_id).where(Membership.partner == partner, Membership.role == "partner_lead")
    return or_(and_(Account.role == "partner_lead", Account.partner == partner), Account.id.in_(further))


def letter_for(account: Account, found: Escalated) -> Letter:
    """What is written to this person, in their language. Raises BadLetter."""
    with written_in(account.language):
        subject = ngettext("%(num)d report is overdue", "%(num)d reports are overdue", found.number)
        lines = [
            ngettext(
                "Since the last working day began, the due date of %(num)d report passed:",
                "Since the last working day began, the due dates of %(num)d reports passed:",
                found.number,
            ),
            _references(found.references, found.number),
            _("All that is overdue, the oldest first:") + f"\n{address('/inbox?due=overdue')}",
        ]
        return Letter(account.email, subject, "\n\n".join(lines) + "\n", PURPOSE)


def _references(references: Sequence[str], number: int) -> str:
    named = [f"{reference}  {address(f'/inbox/{reference}')}" for reference in references]
    more = number - len(references)
    return "\n".join(named + ([ngettext("and %(num)d more", "and %(num)d more", more)] if more else []))
