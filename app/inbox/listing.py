"""The list of reports: one page of rows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.inbox.conditions import narrowed
from app.inbox.due import Due, due_of
from app.inbox.excerpts import Excerpt
from app.inbox.filters import Filters
from app.inbox.labels import FLAGS, label
from app.inbox.naming import area_name, entry_point_name, problem_name
from app.inbox.ordering import BY_NAME
from app.inbox.paging import Cursor, Page, page_of
from app.reports.marks import is_back, is_snoozed
from app.reports.models import Report
from app.reports.reference import WrongReference, read_reference
from app.reports.sealed import leads
from app.reports.sensitive import SENSITIVE, is_sensitive
from app.viewer import current_viewer


@dataclass(frozen=True)
class Row:
    """One report as the list shows it. `excerpt` is None for a sensitive one: screens have neighbours. What it is
    about and its tags are on its leads' lists only."""

    reference: str
    excerpt: Excerpt | None
    problem: str
    entry_point: str
    area: str | None
    channel: str
    language: str
    status: str
    unread: bool
    flags: tuple[str, ...]
    whose: str | None
    photos: int
    priority: int
    tags: tuple[str, ...]
    snoozed_until: datetime | None
    is_back: bool
    due: Due | None
    timezone: str
    created_at: datetime


class NotFound(LookupError):
    """The reference that was searched for leads nowhere; the message says why."""


def page_of_reports(session: Session, filters: Filters, before: Cursor | None, after: Cursor | None) -> Page:
    """One page of what the viewer may see, in the order that the filters name."""
    return page_of(session, narrowed(select(Report), filters), BY_NAME[filters.sort], before, after)


def rows_of(
    page: Page, directory: Directory, excerpts: Mapping[uuid.UUID, Excerpt], unread: frozenset[uuid.UUID]
) -> tuple[Row, ...]:
    """`excerpts`: what the person said, by the report's id; those who said nothing are missing."""
    return tuple(
        _row(report, directory, excerpts.get(report.id, Excerpt()), report.id in unread) for report in page.reports
    )


def find_reference(session: Session, text: str) -> str | None:
    """The reference that this text is, if it is of a report that the viewer may see; None if it is other words.

    Raises NotFound for a reference that leads nowhere.
    """
    try:
        reference = read_reference(text)
    except WrongReference:
        if not any(character.isdigit() for character in text):
            return None
        raise NotFound(_("One character of this reference is wrong. Compare it again.")) from None
    if reference is None:
        return None
    found = session.scalars(select(Report.reference).where(Report.reference == str(reference))).one_or_none()
    if found is None:
        raise NotFound(_("You have no report with this reference."))
    return found


def _row(report: Report, directory: Directory, excerpt: Excerpt, unread: bool) -> Row:
    now, is_closed = datetime.now(UTC), bool(report.sealed) and not leads(report, current_viewer())
    return Row(
        reference=report.reference,
        excerpt=None if is_sensitive(report) else excerpt,
        problem=_("Sensitive") if is_closed else problem_name(report, directory),
        entry_point=entry_point_name(report, directory),
        area=area_name(report, directory),
        channel=report.channel,
        language=report.language,
        status=report.status,
        unread=unread,
        flags=tuple(label(FLAGS, flag) for flag in report.flags if flag != SENSITIVE or report.sealed is None),
        whose=_whose(report),
        photos=excerpt.photos,
        priority=report.priority,
        tags=() if is_closed else tuple(report.tags),
        snoozed_until=report.snoozed_until if is_snoozed(report, now) else None,
        is_back=is_back(report, now),
        due=due_of(report, now, directory),
        timezone=directory.country(report.country).timezone,
        created_at=report.created_at,
    )


def _whose(report: Report) -> str | None:
    """ "mine", "taken" by somebody else, or None."""
    if report.assigned_to is None:
        return None
    return "mine" if report.assigned_to == current_viewer().account_id else "taken"
