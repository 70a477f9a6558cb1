"""Going away: from when to when, who stands in, and giving them at once what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.models import AccessEvent, Account
from app.database import transaction
from app.inbox.colleagues import colleagues as in_team
from app.inbox.sharing_out import give
from app.reports.lifecycle import OPEN
from app.reports.models import Report
from app.viewer import SIGN_IN, Viewer, acting_as

AT_ONCE = 500


class BadAbsence(ValueError):
    """`fault` is the field that is wrong: `from`, `until` or `to`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Absence:
    """First and last day away, and the colleague who stands in."""

    begins: date
    ends: date
    to: int


def read_absence(begins: str, ends: str, to: str, today: date) -> Absence:
    """From what a form says. Raises BadAbsence."""
    first, last = _day(begins, "from"), _day(ends, "until")
    if last < first or last < today:
        raise BadAbsence("until")
    if not (to.isascii() and to.isdigit()):
        raise BadAbsence("to")
    return Absence(first, last, int(to))


def go_away(viewer: Viewer, absence: Absence, with_open_reports: bool) -> int:
    """Keep the absence; returns how many open reports have gone over to the colleague. Raises BadAbsence."""
    with transaction() as session:
        colleague = next((one for one in colleagues(session, viewer) if one.id == absence.to), None)
        if colleague is None:
            raise BadAbsence("to")
        handed = _hand_over(session, viewer, colleague) if with_open_reports else 0
    _keep(viewer, absence.begins, absence.ends, absence.to)
    return handed


def come_back(viewer: Viewer) -> None:
    """The absence ends, or never begins."""
    _keep(viewer, None, None, None)


def colleagues(session: Session, viewer: Viewer) -> list[Account]:
    """Who may stand in: everybody else in the viewer's team who may sign in."""
    found = session.scalars(select(Account).where(Account.disabled_at.is_(None)))
    return sorted((one for one in found if one.id != viewer.account_id), key=lambda one: one.name.casefold())


def how_many_open(session: Session, viewer: Viewer) -> int:
    """Reports that are this person's to work on."""
    mine = select(func.count(Report.id)).where(Report.assigned_to == viewer.account_id, Report.status.in_(OPEN))
    return session.scalar(mine) or 0


def _hand_over(session: Session, viewer: Viewer, colleague: Account) -> int:
    """What the colleague may not open stays: it would be lost with them."""
    mine = select(Report).where(Report.assigned_to == viewer.account_id, Report.status.in_(OPEN))
    to = next(one for one in in_team(session) if one.key == str(colleague.id))
    reports = session.scalars(mine.order_by(Report.created_at).limit(AT_ONCE).with_for_update()).all()
    handed = [report for report in reports if to.may_open(report)]
    for report in handed:
        give(session, report, to)
    return len(handed)


def _keep(viewer: Viewer, begins: date | None, ends: date | None, to: int | None) -> None:
    """Accounts are written by `sign_in` alone; this one is the viewer's own."""
    with acting_as(SIGN_IN), transaction() as session:
        own = session.get_one(Account, viewer.account_id)
        own.away_from, own.away_until, own.away_to = begins, ends, to
        kind = "away" if begins else "back"
        session.add(AccessEvent(account_id=own.id, kind=kind, by=own.name, at=datetime.now(UTC)))


def _day(text: str, fault: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadAbsence(fault) from None
