"""Everybody who may be told something, with all places at which they act: read as `sign_in`, before other work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access.models import Account
from app.access.people import viewer_of
from app.database import transaction
from app.deadlines.plans import plan_of
from app.deadlines.working_time import WorkingTime
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.reports.models import Report
from app.viewer import SIGN_IN, Viewer, acting_as


@dataclass(frozen=True)
class Reader:
    """Somebody who triages, at one place or more; `account` is detached."""

    account: Account
    viewers: tuple[Viewer, ...]

    def may_open(self, report: Report) -> bool:
        """Whether they see this report at one of their places."""
        return any(report.may_be_written_by(viewer) for viewer in self.viewers)

    def leads(self, partner: str) -> bool:
        return any(viewer.kind == "partner_lead" and viewer.partner == partner for viewer in self.viewers)

    def is_at_desk(self, country: str) -> bool:
        return any(viewer.kind == "desk" and viewer.country == country for viewer in self.viewers)

    def working(self) -> WorkingTime:
        """When people work where they belong first. To be asked within a transaction."""
        first, directory = self.viewers[0], current_directory()
        country = first.country or _country(first, directory)
        return plan_of(first.partner or directory.country(country).desk, country).working


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
