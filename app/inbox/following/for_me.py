"""The page "for me": what one is told of, the newest first, and how much of it is unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from app.access.models import Account
from app.directory.current import current_directory
from app.inbox.following.mentions import in_parts
from app.inbox.following.models import Notice
from app.inbox.history import title_of
from app.reports.models import Event, Report
from app.reports.sealed import read_by
from app.viewer import current_viewer

PAGE_SIZE = 30
MOST_COUNTED = 99
MOST_READ = 1000

KINDS: dict[str, LazyString] = {
    "mention": _("Mentions me"),
    "assigned": _("Given to me"),
    "said": _("The person said more"),
    "escalated": _("Overdue"),
    "changed": _("Changed"),
}
"""In the order of the tabs."""

NONE = dict.fromkeys(KINDS, 0)


@dataclass(frozen=True)
class Line:
    """What happened: `parts` are the words of a note that calls the reader, and whether each is a name called."""

    reference: str
    status: str
    kind: str
    title: str
    by: str | None
    parts: tuple[tuple[str, bool], ...]
    at: datetime
    timezone: str
    unread: bool


@dataclass(frozen=True)
class ForMe:
    """`before` and `after` lead to the neighbouring pages; `unread` counts by kind, up to MOST_COUNTED of each.

    `standing_in` names for whom the reader stands in, and until when.
    """

    lines: tuple[Line, ...]
    kind: str
    unread: Mapping[str, int]
    before: int | None
    after: int | None
    standing_in: Sequence[tuple[str, date, date]]

    kinds = KINDS

    @property
    def all_unread(self) -> int:
        return sum(self.unread.values())


def read_for_me(session: Session, kind: str, before: int | None, after: int | None) -> ForMe:
    """One page, of one kind or with "" of all; what follows (`before`) a line, or what leads up to it (`after`)."""
    found = session.execute(_page(kind, before, after)).all()
    shown = found[:PAGE_SIZE]
    if after is not None:
        shown = shown[::-1]
    is_full = len(found) > PAGE_SIZE
    return ForMe(
        lines=tuple(_line(*row) for row in shown),
        kind=kind,
        unread=unread_by_kind(session.execute(select(unread_counts())).scalar()),
        before=shown[-1][0].event_id if shown and (after is not None or is_full) else None,
        after=shown[0][0].event_id if shown and (before is not None or (after is not None and is_full)) else None,
        standing_in=_standing_in(session),
    )


def unread_counts() -> ScalarSelect[Mapping[str, int]]:
    """How many of each kind the viewer has not read, of what they may open here: a column for any statement."""
    some = _mine(Notice.kind).where(Notice.read_at.is_(None)).limit(len(KINDS) * MOST_COUNTED).subquery()
    each = select(some.c.kind, func.count().label("number")).group_by(some.c.kind).subquery()
    return select(func.jsonb_object_agg(each.c.kind, each.c.number)).select_from(each).scalar_subquery()


def unread_by_kind(counted: Mapping[str, int] | None) -> Mapping[str, int]:
    return NONE | {kind: min(number, MOST_COUNTED) for kind, number in (counted or {}).items() if kind in KINDS}


def read_all(session: Session) -> None:
    """Everything that the viewer was told of until now, here, counts as read."""
    for notice in session.scalars(_mine(Notice).where(Notice.read_at.is_(None)).limit(MOST_READ)).all():
        notice.read_at = datetime.now(UTC)


def _mine(*columns: object) -> Select[tuple[object, ...]]:
    """Joined with the report, so that what the viewer may not open or read here is not told here either."""
    mine = select(*columns).select_from(Notice).join(Report, Report.id == Notice.report_id)  # type: ignore[call-overload]
    return mine.where(Notice.account_id == current_viewer().account_id, read_by(current_viewer()))  # type: ignore[no-any-return]


def _page(kind: str, before: int | None, after: int | None) -> Select[tuple[object, ...]]:
    page = _mine(Notice, Report, Event).join(Event, Event.id == Notice.event_id)
    if kind:
        page = page.where(Notice.kind == kind)
    if after is not None:
        return page.where(Notice.event_id > after).order_by(Notice.event_id).limit(PAGE_SIZE + 1)
    if before is not None:
        page = page.where(Notice.event_id < before)
    return page.order_by(Notice.event_id.desc()).limit(PAGE_SIZE + 1)


def _line(notice: Notice, report: Report, event: Event) -> Line:
    called = event.detail.get("mentions", {}) if notice.kind == "mention" else {}
    return Line(
        reference=report.reference,
        status=report.status,
        kind=notice.kind,
        title=title_of(event),
        by=event.by if event.account_id else None,
        parts=tuple(in_parts(event.detail.get("text", ""), tuple(called))) if called else (),
        at=notice.at,
        timezone=current_directory().country(report.country).timezone,
        unread=notice.read_at is None,
    )


def _standing_in(session: Session) -> Sequence[tuple[str, date, date]]:
    today, me = datetime.now(UTC).date(), current_viewer().account_id
    away = select(Account.name, Account.away_from, Account.away_until).where(Account.away_to == me)
    return [tuple(row) for row in session.execute(away.where(Account.away_until >= today)).all()]
