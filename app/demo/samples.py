"""Sample reports: texts as people write them, taken in by the same way as real ones, and some of them acted on."""

from __future__ import annotations

import tomllib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from app.conversation.text import hear
from app.deadlines.steps import reach, restart
from app.directory.current import channel_named
from app.intake.incoming import Incoming
from app.outbox.models import OutgoingMessage
from app.reports.marks import NORMAL
from app.reports.models import Event, IncomingMessage, Report
from app.reports.timeline import record

FILE = Path(__file__).parent / "samples.toml"


@dataclass(frozen=True)
class Sample:
    """One text to one country's number, so many days ago, and the statuses that it has gone through since.

    `snoozed` is for how many days from now, or with a minus since how many days it is back.
    """

    country: str
    text: str
    days: float
    statuses: tuple[str, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    priority: int = NORMAL
    snoozed: float | None = None


def read_samples() -> tuple[Sample, ...]:
    rows = tomllib.loads(FILE.read_text())["sample"]
    lists = ("statuses", "tags")
    return tuple(Sample(**{**row, **{name: tuple(row.get(name, ())) for name in lists}}) for row in rows)


def add_samples(session: Session) -> None:
    """Take in the samples, once: not again where there is any report."""
    if session.scalar(select(exists().where(Report.id.is_not(None)))):
        return
    for number, sample in enumerate(read_samples()):
        _add(session, number, sample)


def _add(session: Session, number: int, sample: Sample) -> None:
    message_id = f"demo-{uuid.uuid4()}"
    hear(session, _incoming(message_id, number, sample))
    message = session.scalars(
        select(IncomingMessage).where(IncomingMessage.provider_message_id == message_id)
    ).one()
    report = message.report
    if report is None:
        raise ValueError(f"the sample {sample.text!r} is not understood as a report")
    _age(session, report, datetime.now(UTC) - timedelta(days=sample.days))
    _follow_up(session, report, sample)
    _mark(report, sample)


def _incoming(message_id: str, number: int, sample: Sample) -> Incoming:
    channel = channel_named(f"twilio-sms-{sample.country.lower()}")
    return Incoming(channel, message_id, NUMBERS[sample.country].format(number), sample.text)


NUMBERS = {
    "GH": "+23324000{:04d}",
    "IN": "+91981000{:04d}",
    "ID": "+6281200000{:04d}",
    "KE": "+25471000{:04d}",
    "NG": "+23480300{:05d}",
    "SN": "+22177000{:04d}",
    "ZA": "+2782000{:04d}",
}
"""Round numbers of the right form. Nothing is ever sent to them: see `_age`."""


def _age(session: Session, report: Report, at: datetime) -> None:
    """Move everything about the report back in time, its acknowledgment already delivered."""
    report.created_at = report.touched_at = report.said_at = at
    restart(report, at)
    session.execute(update(IncomingMessage).where(IncomingMessage.report_id == report.id).values(received_at=at))
    session.execute(update(Event).where(Event.report_id == report.id).values(at=at))
    acknowledged = at + timedelta(seconds=4)
    session.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.report_id == report.id)
        .values(state="delivered", created_at=acknowledged, changed_at=acknowledged)
    )


def _follow_up(session: Session, report: Report, sample: Sample) -> None:
    """What the partner has done about it since, a fifth of the time at a step."""
    at, step = report.created_at, timedelta(days=sample.days / 5)
    for status in sample.statuses:
        at += step
        event = record(session, report, "status", old=report.status, new=status)
        event.by, event.at, report.touched_at = f"{report.partner}: lead", at, at
        reach(report, status, at)
    if sample.note:
        note = record(session, report, "note", text=sample.note)
        note.by, note.at = f"{report.partner}: lead", at + step / 2


def _mark(report: Report, sample: Sample) -> None:
    report.tags, report.priority = sorted(sample.tags), sample.priority
    if sample.snoozed is not None:
        report.snoozed_until = datetime.now(UTC) + timedelta(days=sample.snoozed)
