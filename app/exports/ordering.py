"""Ordering a file: what is to be in it and why is written down before anything leaves."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.directory.current import current_directory
from app.exports import numbers
from app.exports.models import Export, place_of
from app.inbox import counting
from app.inbox.acts import Refused
from app.inbox.choices import choices_for
from app.inbox.filters import Filters, read_filters
from app.inbox.surroundings import read_surroundings
from app.reports.timeline import by
from app.viewer import current_viewer
from sms.text import clean

KINDS = ("csv", "xlsx")
LONGEST_REASON = 300
FETCHED_WITHIN = timedelta(minutes=15)
MOST_IN_XLSX = 50_000
"""Rows. It is only whole at its end, and nobody waits minutes for a page; CSV has no such limit."""

SHOWN = 100


class NoSuchExport(LookupError):
    """There is no export with this number that its viewer may still fetch."""


@dataclass(frozen=True)
class Order:
    """What somebody entered."""

    kind: str = "csv"
    with_words: bool = False
    with_contacts: bool = False
    reason: str = ""


def filters_in(session: Session, query: MultiDict[str, str]) -> Filters:
    """The filters of the inbox in this query or form, as the viewer may set them."""
    around = read_surroundings(session)
    return read_filters(query, choices_for(current_viewer(), current_directory(), around.colleagues, around.tags))


def how_many(session: Session, filters: Filters) -> counting.Count:
    """How many reports these filters leave; more than can be counted quickly are "more"."""
    number = session.scalar(select(counting.capped(filters))) or 0
    most = counting.most_counted(filters)
    return counting.Count(min(number, most), number > most)


def order(session: Session, filters: Filters, asked: Order) -> uuid.UUID:
    """Write the order down; returns its number. Raises Refused."""
    reason = " ".join(clean(asked.reason).split())
    if asked.kind not in KINDS:
        raise Refused("kind", _("Choose the kind of file."))
    if not reason:
        raise Refused("reason", _("Say what the file is for."))
    if len(reason) > LONGEST_REASON:
        raise Refused("reason", _("This is %(n)d characters too long.", n=len(reason) - LONGEST_REASON))
    if (
        asked.kind == "xlsx"
        and (session.scalar(select(counting.capped(filters, MOST_IN_XLSX))) or 0) > MOST_IN_XLSX
    ):
        raise Refused("kind", _("These are too many for XLSX. Choose CSV, or set filters."))
    if asked.with_contacts:
        numbers.check(session, filters)
    viewer = current_viewer()
    export = Export(
        id=uuid.uuid4(),
        account_id=viewer.account_id,
        place=place_of(viewer),
        by=by(viewer),
        query=urlencode(filters.as_query(), doseq=True),
        kind=asked.kind,
        with_words=asked.with_words,
        with_contacts=asked.with_contacts,
        reason=reason,
        rows=0,
    )
    session.add(export)
    session.flush()
    return export.id


def ordered(session: Session, number: uuid.UUID) -> Export:
    """The viewer's own export, not too old to be fetched. Raises NoSuchExport."""
    export = session.get(Export, number)
    mine = export is not None and export.account_id == current_viewer().account_id
    if export is None or not mine or export.at < datetime.now(UTC) - FETCHED_WITHIN:
        raise NoSuchExport(number)
    return export


def begin(session: Session, number: uuid.UUID) -> tuple[Export, Filters]:
    """The export that is about to be written, and what is to be in it. Raises NoSuchExport."""
    export = ordered(session, number)
    return export, filters_in(session, MultiDict(parse_qsl(export.query)))


def log(session: Session) -> list[Export]:
    """What the viewer, or as lead or desk anybody there, took out, newest first."""
    return list(session.scalars(select(Export).order_by(Export.at.desc(), Export.id).limit(SHOWN)))
