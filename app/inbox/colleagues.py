"""With whom the viewer shares out work: those at the same partner or desk, and which reports each may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.access.models import Account, Membership
from app.reports.models import Report
from app.reports.sealed import ReportReader, leads
from app.viewer import current_viewer


@dataclass(frozen=True)
class Colleague:
    """`key` is what a form says for them; `address` is their e-mail. A member who is `confined` opens only the
    reports of these entry points; who `is_lead` may be one of those who read a sensitive report anyway."""

    key: str
    name: str
    is_oneself: bool
    address: str = ""
    confined: frozenset[str] | None = None
    is_lead: bool = False

    def may_open(self, report: Report) -> bool:
        """Whether they may see this report, which the viewer sees."""
        return self.confined is None or report.entry_point in self.confined


def colleagues(session: Session, report: Report | None = None) -> tuple[Colleague, ...]:
    """The viewer first, then the others by name; of those who may sign in, and may open this report."""
    here = and_(Membership.account_id == Account.id, Membership.partner == current_viewer().partner)
    found = session.execute(
        select(Account, Membership).outerjoin(Membership, here).where(Account.disabled_at.is_(None))
    )
    everybody = _sorted(_colleague(account, guest) for account, guest in found)
    return tuple(one for one in everybody if report is None or one.may_open(report))


def readers_among(session: Session, report: Report, people: tuple[Colleague, ...]) -> tuple[Colleague, ...]:
    """Those of them who may read the words of this report: of a sensitive one its leads and who is named."""
    if not report.sealed:
        return people
    viewer = current_viewer()
    is_led_here = leads(report, replace(viewer, kind="desk" if viewer.kind == "desk" else "partner_lead"))
    named = set(session.scalars(select(ReportReader.account_id).where(ReportReader.report_id == report.id)))
    return tuple(one for one in people if (is_led_here and one.is_lead) or int(one.key) in named)


def in_order(people: Iterable[tuple[int, str]]) -> tuple[Colleague, ...]:
    """These accounts and names as colleagues, where only their names are asked for: the viewer first."""
    me = current_viewer().account_id
    return _sorted(Colleague(str(number), name, number == me) for number, name in people)


def _colleague(account: Account, guest: Membership | None) -> Colleague:
    at = guest or account
    is_confined = at.role == "partner_member" and at.entry_points is not None
    return Colleague(
        key=str(account.id),
        name=account.name,
        is_oneself=account.id == current_viewer().account_id,
        address=account.email,
        confined=frozenset(at.entry_points or ()) if is_confined else None,
        is_lead=at.role in ("partner_lead", "desk"),
    )


def _sorted(people: Iterable[Colleague]) -> tuple[Colleague, ...]:
    return tuple(sorted(people, key=lambda one: (not one.is_oneself, one.name.casefold())))
