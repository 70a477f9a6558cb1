"""The phone numbers of a file: each is written down as if it had been shown by itself, and counts as one of a day.

Never those of sensitive reports, nor of people who cannot be answered or had themselves erased.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.exports.models import Export
from app.inbox import acts, revealing
from app.inbox.acts import Refused
from app.inbox.conditions import narrowed
from app.inbox.filters import Filters
from app.reports.models import Report
from app.reports.reveals import open_number
from app.reports.sensitive import is_sensitive_report
from app.viewer import current_viewer

MOST_COUNTED = 1000

Lines = Mapping[uuid.UUID, int]
"""The line of the log that opens the number of each report."""


class FetchedBefore(LookupError):
    """The numbers of this file have been handed out: another file is another order."""


def check(session: Session, filters: Filters) -> None:
    """Whether what is left of the viewer's numbers of today is enough for these reports. Raises Refused."""
    held = select(func.count()).select_from(_with_number(select(Report.id), filters).limit(MOST_COUNTED).subquery())
    number, left = session.scalar(held) or 0, revealing.left_today(session)
    if number > left:
        raise Refused("contacts", _too_many(number, left))


def write_down(session: Session, export: Export, filters: Filters) -> Lines:
    """Note every number that the file will hold, on its report and in the log. Raises Refused, FetchedBefore."""
    revealing.one_after_the_other(session)
    check(session, filters)
    ids = session.scalars(_with_number(select(Report.id), filters).limit(revealing.DAILY)).all()
    locked = select(Report).where(Report.id.in_(ids)).order_by(Report.id).with_for_update()
    reports = session.scalars(locked).all()
    if any(acts.is_done(session, report, export.id) for report in reports):
        raise FetchedBefore(export.id)
    why, words = revealing.IN_A_FILE, export.reason
    return {report.id: revealing.note(session, report, export.id, why, words).id for report in reports}


def opened(lines: Lines) -> dict[uuid.UUID, str]:
    """The numbers by the id of their report, each opened as it is for a page: once, by its own line."""
    account = current_viewer().account_id or 0
    found = {report: open_number(line, account) for report, line in lines.items()}
    return {report: as_address(number) for report, number in found.items() if number}


def as_address(number: str) -> str:
    """A number as RFC 3966 writes it. With a plus in front, a spreadsheet would take it for a formula or do away
    with the plus; as it is here, none touches it, and a telephone dials it."""
    return f"tel:{number}"


def _with_number(wanted: Select, filters: Filters) -> Select:
    has_one = (Report.answerable, Report.contact_id.is_not(None), ~is_sensitive_report())
    return narrowed(wanted, filters).where(*has_one)


def _too_many(number: int, left: int) -> str:
    said = {"n": number, "left": left}
    if number >= MOST_COUNTED:
        return _("These are %(n)d numbers or more, and you can have %(left)d more today. Set filters.", **said)
    return _("These are %(n)d numbers, and you can have %(left)d more today. Set filters.", **said)
