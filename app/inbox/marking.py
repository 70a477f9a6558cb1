"""Marking a report: its tags, how urgent it is, and putting it aside until a day. All on its timeline."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.inbox.acts import Refused, Stale, is_done, lock
from app.inbox.tags import check_tags, read_tags
from app.reports.lifecycle import OPEN
from app.reports.marks import PRIORITIES, WOKEN, is_snoozed
from app.reports.models import Report
from app.reports.timeline import record

TAGS, PRIORITY, SNOOZED = "tags", "priority", "snoozed"
"""The events."""

SNOOZES = (1, 3, 7, 30)
"""Days that are offered, beside any other day."""

LONGEST_SNOOZE = timedelta(days=366)
MORNING = time(7)
"""When a snoozed report comes back, in the country's own time: before the working day."""


@dataclass(frozen=True)
class Marks:
    """A report's marks as its page shows them. `first` and `last` are the days to which it may be snoozed."""

    tags: tuple[str, ...]
    offered: tuple[str, ...]
    priority: int
    snoozed: bool
    may_be_snoozed: bool
    first: date
    last: date

    priorities = PRIORITIES
    snoozes = SNOOZES


def marks_of(report: Report, in_use: Iterable[str]) -> Marks:
    """`in_use` are the tags of other reports too."""
    today = today_of(report)
    return Marks(
        tags=tuple(report.tags),
        offered=tuple(tag for tag in in_use if tag not in report.tags),
        priority=report.priority,
        snoozed=is_snoozed(report, datetime.now(UTC)),
        may_be_snoozed=report.status in OPEN,
        first=today + timedelta(days=1),
        last=today + LONGEST_SNOOZE,
    )


def tag(
    session: Session, reference: str, form: uuid.UUID, was: Sequence[str], chosen: Sequence[str], more: str
) -> None:
    """Change the tags from those that the form showed to those `chosen` there, and those typed.

    What a colleague added meanwhile stays. Raises NoSuchReport, Refused.
    """
    report = lock(session, reference)
    if is_done(session, report, form):
        return
    wanted = {*read_tags("\n".join(chosen)), *read_tags(more)}
    before = set(report.tags)
    after = check_tags((before - (set(was) - wanted)) | (wanted - set(was)))
    added, removed = sorted(set(after) - before), sorted(before - set(after))
    if added or removed:
        report.tags = after
        record(session, report, TAGS, added=added, removed=removed, form=str(form))


def change_tags(session: Session, report: Report, add: Iterable[str], remove: Iterable[str], **how: str) -> None:
    """Put tags on a locked report and take others off. Raises Refused."""
    before = set(report.tags)
    after = check_tags((before | set(add)) - set(remove))
    added, removed = sorted(set(after) - before), sorted(before - set(after))
    if added or removed:
        report.tags = after
        record(session, report, TAGS, added=added, removed=removed, **how)


def prioritise(session: Session, reference: str, form: uuid.UUID, to: str) -> None:
    """Say how urgent it is. Raises NoSuchReport, Refused."""
    report = lock(session, reference)
    if is_done(session, report, form):
        return
    change_priority(session, report, read_priority(to), form=str(form))


def read_priority(text: str) -> int:
    """Raises Refused."""
    new = {str(priority): priority for priority in PRIORITIES}.get(text)
    if new is None:
        raise Refused("priority", _("Choose how urgent it is."))
    return new


def change_priority(session: Session, report: Report, new: int, **how: str) -> None:
    if new != report.priority:
        record(session, report, PRIORITY, old=report.priority, new=new, **how)
        report.priority = new


def snooze(session: Session, reference: str, form: uuid.UUID, days: str, day: str) -> None:
    """Put it aside for so many days, or without a number until this `day` (ISO).

    Raises NoSuchReport, Refused, Stale.
    """
    report = lock(session, reference)
    if is_done(session, report, form):
        return
    if report.status not in OPEN:
        raise Stale("snooze", _("Only an open report can be snoozed."))
    until = read_day(days, day, today_of(report))
    put_aside(session, report, until, form=str(form))


def put_aside(session: Session, report: Report, until: date, **how: str) -> None:
    """Snooze a locked report that is open until the morning of this day."""
    report.snoozed_until = datetime.combine(until, MORNING, _zone(report, current_directory()))
    record(session, report, SNOOZED, until=until.isoformat(), **how)


def wake(session: Session, reference: str, form: uuid.UUID) -> None:
    """Bring a snoozed report back now. Raises NoSuchReport."""
    report = lock(session, reference)
    if is_done(session, report, form) or not is_snoozed(report, datetime.now(UTC)):
        return
    report.snoozed_until = None
    record(session, report, WOKEN, form=str(form))


def today_of(report: Report) -> date:
    """The day that it is where this report is from."""
    return datetime.now(_zone(report, current_directory())).date()


def read_day(days: str, day: str, today: date) -> date:
    """The day so many days from `today`, or else this `day` (ISO). Raises Refused."""
    if days in map(str, SNOOZES):
        return today + timedelta(days=int(days))
    try:
        until = date.fromisoformat(day)
    except ValueError:
        raise Refused("snooze", _("Choose until when.")) from None
    if not today < until <= today + LONGEST_SNOOZE:
        raise Refused("snooze", _("Choose a day from tomorrow on, within a year."))
    return until


def _zone(report: Report, directory: Directory) -> ZoneInfo:
    return ZoneInfo(directory.country(report.country).timezone)
