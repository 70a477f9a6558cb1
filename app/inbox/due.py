"""How due dates look: in words first, so that no colour is needed to read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta
from flask_babel import gettext as _

from app.access.speaking import page_language
from app.deadlines.clock import DESK
from app.deadlines.wording import STEPS
from app.directory.catalogue import Directory
from app.reports.models import Event, Report


@dataclass(frozen=True)
class Due:
    """A report's present step and when it is due: `state` is "over", "today" or "later"."""

    state: str
    step: str
    words: str


def due_of(report: Report, now: datetime, directory: Directory) -> Due | None:
    """None for a report that waits for nobody here."""
    if report.step is None or report.due_at is None:
        return None
    step, zone = str(STEPS[report.step]), ZoneInfo(directory.country(report.country).timezone)
    due_at, local = report.due_at.astimezone(zone), now.astimezone(zone)
    if due_at < local:
        late = format_timedelta(local - due_at, locale=page_language())
        return Due("over", step, _("%(step)s: overdue by %(time)s", step=step, time=late))
    if due_at.date() == local.date():
        at = format_time(due_at, "HH:mm", tzinfo=zone, locale=page_language())
        return Due("today", step, _("%(step)s: due today, %(time)s", step=step, time=at))
    day = format_date(due_at, "EEE d MMM", locale=page_language())
    return Due("later", step, _("%(step)s: due %(day)s", step=step, day=day))


def title_of_escalation(event: Event) -> str:
    """What the timeline says: which step was over, and who was told."""
    step = str(STEPS[event.detail["step"]])
    if event.detail["to"] == DESK:
        return _("%(step)s still overdue: shown to the country's desk", step=step)
    return _("%(step)s overdue: shown to the lead", step=step)
