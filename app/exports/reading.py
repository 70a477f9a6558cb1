"""Reading a list to its end, some hundred reports at a time: neither memory nor a transaction grows with it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import transaction
from app.directory.current import current_directory
from app.exports.cells import safe
from app.exports.columns import Column, Told, cell, columns
from app.exports.models import Export
from app.inbox.conditions import narrowed
from app.inbox.filters import Filters
from app.inbox.ordering import BY_NAME
from app.inbox.paging import Cursor, Page, page_of
from app.inbox.sharing_out import colleagues
from app.reports.models import IncomingMessage, Report
from app.reports.sensitive import is_sensitive
from app.viewer import Viewer, acting_as

BATCH = 500

STEADY = frozenset({"newest", "oldest"})
"""Orders in which no report moves while the file is being written."""

Cells = tuple[str, ...]
Numbers = Mapping[uuid.UUID, str]
"""Phone numbers by the id of their report; those of no other report come into the file."""


def rows_of(viewer: Viewer, export: Export, filters: Filters, numbers: Numbers) -> Iterator[list[Cells]]:
    """The rows in batches, and with each batch the log says how far the file has come.

    Each batch is read in a transaction of its own on this viewer's behalf, and none is open while it is sent.
    """
    wanted, place, so_far = columns(export.with_words, export.with_contacts), None, 0
    while True:
        with acting_as(viewer), transaction() as session:
            page = _page(session, filters, place)
            rows = _rows(session, page.reports, wanted, export.with_words, numbers)
            place = page.on
            so_far += len(rows)
            _note(session, export.id, so_far, is_last=place is None)
        if rows:
            yield rows
        if place is None:
            return


def headings(export: Export) -> tuple[Cells, Cells]:
    """The titles in the reader's language, and the codes of the same columns."""
    wanted = columns(export.with_words, export.with_contacts)
    return tuple(str(column.title) for column in wanted), tuple(column.code for column in wanted)


def _page(session: Session, filters: Filters, place: Cursor | None) -> Page:
    order = BY_NAME[filters.sort if filters.sort in STEADY else "newest"]
    return page_of(session, narrowed(select(Report), filters), order, place, None, size=BATCH)


def _rows(
    session: Session, reports: Sequence[Report], wanted: Sequence[Column], with_words: bool, numbers: Numbers
) -> list[Cells]:
    directory = current_directory()
    people = {int(one.key): one.name for one in colleagues(session)}
    said = _said(session, reports) if with_words else {}
    told = (
        Told(report, directory, said.get(report.id, ""), _number(report, numbers), people) for report in reports
    )
    return [tuple(safe(cell(column, one)) for column in wanted) for one in told]


def _number(report: Report, numbers: Numbers) -> str:
    """Not of a report that became sensitive, or whose person had everything deleted, while the file was written."""
    return numbers.get(report.id, "") if report.answerable and not is_sensitive(report) else ""


def _said(session: Session, reports: Sequence[Report]) -> dict[uuid.UUID, str]:
    """What was said, by the report's id. The words of sensitive reports are not even read."""
    ids = [report.id for report in reports if not is_sensitive(report)]
    mine = select(IncomingMessage.report_id, IncomingMessage.body).where(IncomingMessage.report_id.in_(ids))
    said: dict[uuid.UUID, list[str]] = {}
    for report_id, body in session.execute(mine.order_by(IncomingMessage.received_at, IncomingMessage.id)):
        said.setdefault(report_id, []).append(body)
    return {report_id: "\n".join(words) for report_id, words in said.items()}


def _note(session: Session, number: uuid.UUID, so_far: int, is_last: bool) -> None:
    """Fetched again, a file that breaks off sooner leaves the log as it was."""
    export = session.get_one(Export, number)
    export.rows = max(export.rows, so_far)
    if is_last:
        export.finished_at = datetime.now(UTC)
