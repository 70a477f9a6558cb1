"""Everything that the page of one gap shows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.gaps.models import Gap, Member
from app.gaps.naming import area_name, entry_point_name, is_sensitive, problem_name
from app.gaps.paging import Key, page_of
from app.gaps.trend import Week, trend
from app.reports.models import Report
from app.reports.sensitive import is_sensitive as is_sensitive_report

FIRST_WORDS = 160
NEWEST = Key(Member.seen_at, Member.report_id, uuid.UUID)


@dataclass(frozen=True)
class Names:
    """What the gap's codes are called; `problem` is None where only its kind is known."""

    problem: str | None
    entry_point: str
    area: str


@dataclass(frozen=True)
class Told:
    """One report of it. `words` is None where it is sensitive."""

    reference: str
    words: str | None
    language: str
    status: str
    channel: str
    at: datetime


@dataclass(frozen=True)
class GapPage:
    gap: Gap
    names: Names
    timezone: str
    weeks: tuple[Week, ...]
    reports: tuple[Told, ...]
    older: str | None

    def new_form(self) -> str:
        """The number that makes one form count once."""
        return str(uuid.uuid4())


def read_gap_page(session: Session, gap_id: uuid.UUID, before: str | None) -> GapPage | None:
    """The page of this gap, or None if the viewer may not see it or there is none: both look the same."""
    gap = session.get(Gap, gap_id)
    return _page(session, gap, before) if gap else None


def names_of(gap: Gap, directory: Directory) -> Names:
    return Names(problem_name(gap, directory), entry_point_name(gap, directory), area_name(gap, directory))


def _page(session: Session, gap: Gap, before: str | None) -> GapPage:
    directory = current_directory()
    with_words = joinedload(Member.report, innerjoin=True).options(selectinload(Report.messages))
    members = page_of(session, select(Member).where(Member.gap_id == gap.id).options(with_words), NEWEST, before)
    hidden = is_sensitive(gap, directory)
    return GapPage(
        gap=gap,
        names=names_of(gap, directory),
        timezone=directory.country(gap.country).timezone,
        weeks=trend(session, gap.id, datetime.now(UTC).date()),
        reports=tuple(_told(member.report, hidden) for member in members.rows),
        older=members.older,
    )


def _told(report: Report, hidden: bool) -> Told:
    words = " ".join((report.messages[0].body if report.messages else "").split())
    short = words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rstrip() + "…"
    shown = None if hidden or is_sensitive_report(report) else short
    return Told(report.reference, shown, report.language, report.status, report.channel, report.created_at)
