"""Filing what somebody told staff: through the one way in, once for each key, and noted who entered it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.current import current_directory, sms_channel_of, web_channel_of
from app.entering.entry import Entry
from app.intake.filing import file_report
from app.intake.incoming import Incoming, Matter, Received
from app.intake.receive import receive
from app.reports.contacts import known
from app.reports.models import Event, IncomingMessage, Report
from app.reports.timeline import by
from app.viewer import Viewer

ENTERED = "entered"
CHANNEL = "staff"


@dataclass(frozen=True)
class Worker:
    """Who entered it: their name as timelines have it, and their account."""

    by: str
    account_id: int | None


def worker_of(viewer: Viewer) -> Worker:
    return Worker(by(viewer), viewer.account_id)


def enter(session: Session, entry: Entry, worker: Worker, key: str) -> str:
    """File this entry and queue the person's acknowledgment, or find what was filed under the same key; returns its
    reference. To be called as intake or the worker."""
    country = current_directory().country(entry.country)
    channel = web_channel_of(entry.country)
    words = "\n".join(filter(None, (entry.words, entry.place)))
    received = receive(session, Incoming(channel, f"{CHANNEL}:{key}", entry.number, words, kind="web"))
    if received is None:
        return _filed_before(session, channel.slug, f"{CHANNEL}:{key}")
    report = _file(session, entry, received, entry.first_heard(country.timezone))
    _note(session, report, entry, worker)
    return report.reference


def is_repeated(session: Session, entry: Entry) -> bool:
    """Whether this number reported the same matter today, whichever way."""
    contact = known(session, entry.number) if entry.number else None
    if contact is None:
        return False
    zone = ZoneInfo(current_directory().country(entry.country).timezone)
    morning = datetime.combine(datetime.now(zone).date(), time(), zone)
    same = select(Report.id).where(
        Report.contact_id == contact.id,
        Report.created_at >= morning,
        Report.country == entry.country,
        Report.sector == (entry.sector or "other"),
        Report.problem_type.is_not_distinct_from(entry.problem),
    )
    return session.scalar(same.limit(1)) is not None


def _file(session: Session, entry: Entry, received: Received, first_heard: datetime | None) -> Report:
    sender, sms = received.sender, sms_channel_of(entry.country)
    if sender.contact is not None and sms is not None:
        sender = replace(sender, channel=sms)
    matter = Matter(
        country=entry.country,
        sector=entry.sector,
        language=entry.language,
        channel=CHANNEL,
        said_in=(received.message_id,),
        problem_type=entry.problem,
        gap_kind=entry.gap_kind,
        area=entry.area,
        outside_focus=entry.outside_focus,
        first_heard=first_heard,
    )
    return file_report(session, sender, matter)


def _note(session: Session, report: Report, entry: Entry, worker: Worker) -> None:
    """A line in the worker's own name: who may be asked about it, and what the person agreed to."""
    detail = {"heard_on": entry.heard_on.isoformat(), "agreed": bool(entry.number)}
    line = Event(
        report=report,
        report_id=report.id,
        kind=ENTERED,
        by=worker.by,
        account_id=worker.account_id,
        detail=detail,
    )
    session.add(line)


def _filed_before(session: Session, channel: str, key: str) -> str:
    found = (
        select(Report.reference)
        .join(IncomingMessage, IncomingMessage.report_id == Report.id)
        .where(IncomingMessage.channel == channel, IncomingMessage.provider_message_id == key)
    )
    return session.scalars(found).one()
