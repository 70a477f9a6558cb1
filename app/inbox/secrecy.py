"""Keeping a report among a few: saying that it is sensitive, taking that back, and naming who reads it.

What being sensitive means for the words is done by app.reports.sealing; here stands who may say so, and why.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.access.models import Account, Membership
from app.deadlines.steps import count_again
from app.directory.current import current_directory
from app.inbox import acts
from app.inbox.colleagues import Colleague, colleagues
from app.inbox.naming import area_name, partner_name
from app.outbox.words_as_text import seal_sent
from app.reports.models import Report
from app.reports.sealed import ReportReader, SealedReading, leads
from app.reports.sealing import seal, unseal
from app.reports.sensitive import is_sensitive
from app.reports.timeline import by, record
from app.viewer import current_viewer

MADE_SENSITIVE, OPENED_AGAIN = "made_sensitive", "opened_again"
READER_ADDED, READER_REMOVED = "reader_added", "reader_removed"
"""The events."""

MOST_READINGS = 20
"""The newest are shown."""


@dataclass(frozen=True)
class Reading:
    """Somebody has read what is sealed; `what` is of app.reports.sealing."""

    by: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Secrecy:
    """How a report is kept among a few. `others` are colleagues who could be named, `readings` for leads only."""

    is_sealed: bool
    is_led: bool
    readers: tuple[Colleague, ...] = ()
    others: tuple[Colleague, ...] = ()
    readings: tuple[Reading, ...] = ()

    longest = acts.LONGEST_REASON


@dataclass(frozen=True)
class ClosedPage:
    """All that those who may not read a sensitive report see of it. `ask` are the names of its leads, where they
    are the viewer's colleagues; else its partner is to be asked. `done` confirms the act that led here."""

    reference: str
    status: str
    area: str | None
    partner: str
    ask: tuple[str, ...]
    done: str | None


def secrecy_of(session: Session, report: Report) -> Secrecy:
    is_led = leads(report, current_viewer())
    if not report.sealed or not is_led:
        return Secrecy(bool(report.sealed), is_led)
    named = set(session.scalars(select(ReportReader.account_id).where(ReportReader.report_id == report.id)))
    in_charge = {number for number, _name in _leads(session, report)}
    people = [one for one in colleagues(session, report) if int(one.key) not in in_charge and not one.is_oneself]
    return Secrecy(
        is_sealed=True,
        is_led=True,
        readers=tuple(one for one in people if int(one.key) in named),
        others=tuple(one for one in people if int(one.key) not in named),
        readings=_readings(session, report),
    )


def closed_page(session: Session, report: Report, done: str | None) -> ClosedPage:
    directory = current_directory()
    return ClosedPage(
        reference=report.reference,
        status=report.status,
        area=area_name(report, directory),
        partner=partner_name(report.partner, directory),
        ask=tuple(name for _number, name in _leads(session, report)),
        done=done,
    )


def make_sensitive(session: Session, reference: str, form: uuid.UUID, reason: str) -> None:
    """Keep the report among its leads from now on. Whoever says so reads it no more, unless they are one.

    Raises NoSuchReport, Refused.
    """
    report = acts.lock(session, reference)
    if acts.is_done(session, report, form) or report.sealed:
        return
    reason = _reason(reason)
    seal(session, report)
    seal_sent(session, report)
    record(session, report, MADE_SENSITIVE, reason=reason, form=str(form))
    count_again(report)


def open_again(session: Session, reference: str, form: uuid.UUID, reason: str) -> None:
    """Let everybody who works on the report read it. For its leads. Raises NoSuchReport, Refused."""
    report = acts.lock(session, reference)
    if acts.is_done(session, report, form) or not is_sensitive(report):
        return
    _check_leads(report)
    reason = _reason(reason)
    unseal(session, report)
    record(session, report, OPENED_AGAIN, reason=reason, form=str(form))


def let_read(session: Session, reference: str, form: uuid.UUID, key: str) -> None:
    """Name this colleague as a reader. For its leads. Raises NoSuchReport, Refused."""
    report = acts.lock(session, reference)
    if acts.is_done(session, report, form) or not report.sealed:
        return
    _check_leads(report)
    chosen = next((one for one in colleagues(session, report) if one.key == key), None)
    if chosen is None:
        raise acts.Refused("reader", _("Choose one of your colleagues."))
    if session.get(ReportReader, (report.id, int(chosen.key))) is None:
        session.add(ReportReader(report=report, account_id=int(chosen.key), by=by(current_viewer())))
        record(session, report, READER_ADDED, name=chosen.name, form=str(form))


def let_read_no_more(session: Session, reference: str, form: uuid.UUID, key: str) -> None:
    """Take the name of a reader back. For its leads. Raises NoSuchReport, Refused."""
    report = acts.lock(session, reference)
    if acts.is_done(session, report, form) or not key.isdecimal():
        return
    _check_leads(report)
    named = session.get(ReportReader, (report.id, int(key)))
    if named is not None:
        name = next((one.name for one in colleagues(session) if one.key == key), "")
        session.delete(named)
        record(session, report, READER_REMOVED, name=name, form=str(form))


def _check_leads(report: Report) -> None:
    if not leads(report, current_viewer()):
        raise acts.Refused("secrecy", _("Only a lead of the partner that has the report can do this."))


def _reason(text: str) -> str:
    reason = acts.words("secrecy", text, acts.LONGEST_REASON)
    if not reason:
        raise acts.Refused("secrecy", _("Say why."))
    return reason


def _leads(session: Session, report: Report) -> tuple[tuple[int, str], ...]:
    """Number and name of those who lead it, as far as the viewer knows them."""
    guests = select(Membership.account_id).where(
        Membership.partner == report.partner, Membership.role == "partner_lead"
    )
    at_home = and_(Account.role == "partner_lead", Account.partner == report.partner)
    at_desk = and_(Account.role == "desk", Account.country == report.country)
    here = at_desk if report.entry_point is None else or_(at_home, Account.id.in_(guests))
    found = select(Account.id, Account.name).where(Account.disabled_at.is_(None), here).order_by(Account.name)
    return tuple((number, name) for number, name in session.execute(found))


def _readings(session: Session, report: Report) -> tuple[Reading, ...]:
    newest = select(SealedReading).where(SealedReading.report_id == report.id).order_by(SealedReading.at.desc())
    return tuple(Reading(one.by, one.what, one.at) for one in session.scalars(newest.limit(MOST_READINGS)))
