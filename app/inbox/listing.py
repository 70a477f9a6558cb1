"""The list of reports: one page of rows, and how many there are in each status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.directory.catalogue import Directory
from app.inbox.filters import Filters
from app.inbox.labels import FLAGS, STATUSES, label
from app.inbox.naming import area_name, entry_point_name, is_sensitive, problem_name
from app.inbox.paging import Cursor, Page, page_of
from app.reports.models import Report
from app.reports.reference import WrongReference, read_reference

FIRST_WORDS = 160
"""Characters of a message in the list: one text message."""

MOST_COUNTED = 1000
"""A live count of everything grows with the reports; nobody needs to know 48,211 from "more than 1,000"."""


@dataclass(frozen=True)
class Row:
    """One report as the list shows it. `words` is None for a sensitive one: screens have neighbours."""

    reference: str
    words: str | None
    problem: str
    entry_point: str
    area: str | None
    channel: str
    language: str
    status: str
    flags: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True)
class Count:
    """How many reports have this status; `more` when there are more than were counted."""

    status: str
    name: str
    number: int
    more: bool


class NotFound(LookupError):
    """The reference that was searched for leads nowhere; the message says why."""


def page_of_reports(session: Session, filters: Filters, before: Cursor | None, after: Cursor | None) -> Page:
    """One page of what the viewer may see, with the messages of each report."""
    reports = filters.narrow(select(Report).options(selectinload(Report.messages)))
    return page_of(session, reports, before, after)


def rows_of(page: Page, directory: Directory) -> tuple[Row, ...]:
    return tuple(_row(report, directory) for report in page.reports)


def counts_by_status(session: Session, filters: Filters) -> tuple[Count, ...]:
    """For each status, how many reports the other filters leave; all in one statement."""
    counted = session.execute(select(*(_capped(filters.with_status(status), status) for status in STATUSES))).one()
    return tuple(
        Count(status, label(STATUSES, status), min(number, MOST_COUNTED), number > MOST_COUNTED)
        for status, number in zip(STATUSES, counted, strict=True)
    )


def find_reference(session: Session, text: str) -> str:
    """The reference meant by this text, if it is of a report that the viewer may see. Raises NotFound."""
    try:
        reference = read_reference(text)
    except WrongReference:
        raise NotFound(_("One character of this reference is wrong. Compare it again.")) from None
    if reference is None:
        raise NotFound(_("This is not a reference. References look like KE-7F3K9QX."))
    found = session.scalars(select(Report.reference).where(Report.reference == str(reference))).one_or_none()
    if found is None:
        raise NotFound(_("You have no report with this reference."))
    return found


def _capped(filters: Filters, status: str):
    few = filters.narrow(select(Report.id)).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(few).scalar_subquery().label(status)


def _row(report: Report, directory: Directory) -> Row:
    sensitive = is_sensitive(report, directory)
    return Row(
        reference=report.reference,
        words=None if sensitive else _first_words(report),
        problem=problem_name(report, directory),
        entry_point=entry_point_name(report, directory),
        area=area_name(report, directory),
        channel=report.channel,
        language=report.language,
        status=report.status,
        flags=tuple(label(FLAGS, flag) for flag in report.flags),
        created_at=report.created_at,
    )


def _first_words(report: Report) -> str:
    words = " ".join((report.messages[0].body if report.messages else "").split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rstrip() + "…"
