"""Everybody who may be told something, with all places at which they act: read as `sign_in`, before other work."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.access.models import Account
from app.access.people import viewer_of
from app.database import transaction
from app.deadlines.plans import plan_of
from app.deadlines.working_time import WorkingTime
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.reports.models import Report
from app.reports.sealed import ReportReader, leads
from app.viewer import SIGN_IN, Viewer, acting_as

Named = Set[tuple[uuid.UUID, int]]
"""Who may read sensitive reports as they are named there: reports' ids and accounts' numbers."""


@dataclass(frozen=True)
class Reader:
    """Somebody who triages, at one place or more; `account` is detached."""

    account: Account
    viewers: tuple[Viewer, ...]

    def may_open(self, report: Report, named: Named) -> bool:
        """Whether they see this report at one of their places, and may read it."""
        is_named = (report.id, self.account.id) in named
        seeing = [viewer for viewer in self.viewers if report.may_be_written_by(viewer)]
        return any(not report.sealed or is_named or leads(report, viewer) for viewer in seeing)

    def leads(self, partner: str) -> bool:
        return any(viewer.kind == "partner_lead" and viewer.partner == partner for viewer in self.viewers)

    def is_at_desk(self, country: str) -> bool:
        return any(viewer.kind == "desk" and viewer.country == country for viewer in self.viewers)

    def working(self) -> WorkingTime:
        """When people work where they belong first. To be asked within a transaction."""
        first, directory = self.viewers[0], current_directory()
        country = first.country or _country(first, directory)
        return plan_of(first.partner or directory.country(country).desk, country).working


def named_readers(session: Session, reports: Iterable[Report]) -> Named:
    """Of those of these reports that are sealed."""
    sealed = [report.id for report in reports if report.sealed]
    named = select(ReportReader.report_id, ReportReader.account_id).where(ReportReader.report_id.in_(sealed))
    return {(row.report_id, row.account_id) for row in session.execute(named)} if sealed else set()


def readers() -> Mapping[int, Reader]:
    """By the number of their account; nobody who may not sign in."""
    directory, today = current_directory(), datetime.now(UTC).date()
    everybody = select(Account).where(Account.disabled_at.is_(None)).options(selectinload(Account.memberships))
    with acting_as(SIGN_IN), transaction() as session:
        accounts = session.scalars(everybody.order_by(Account.id)).all()
    found = {}
    for account in accounts:
        seats = (viewer_of(account, directory, today, seat) for seat in (None, *account.memberships))
        viewers = tuple(viewer for viewer in seats if viewer.triages)
        if viewers:
            found[account.id] = Reader(account, viewers)
    return found


def _country(viewer: Viewer, directory: Directory) -> str:
    """That of their partner; of an international one the first where it serves."""
    own = directory.partner(viewer.partner or "").country
    served = sorted(entry.country for entry in directory.entry_points if entry.slug in viewer.entry_points)
    return own or next(iter(served), directory.countries[0].code)
