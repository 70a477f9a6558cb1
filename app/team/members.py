"""Who is in a team, read on behalf of who asks; when each last signed in is told by the records of signing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.absence import is_away
from app.access.models import AccessEvent, Account, Invitation, Membership, SignInRecord
from app.database import transaction
from app.team.rules import Seat, may_manage, may_manage_account
from app.viewer import SIGN_IN, Viewer, acting_as

MOST = 500
MOST_EVENTS = 30
TOLD = ("joined", "role", "entry_points", "disabled", "enabled", "removed", "factor_removed")
"""What leads are told of; that somebody changed their own password is their own matter."""


@dataclass(frozen=True)
class Member:
    """One line of the team's page."""

    seat: Seat
    last_sign_in: datetime | None
    is_away: bool
    may_be_managed: bool
    account_may_be_managed: bool

    @property
    def account(self) -> Account:
        return self.seat.account


def members(viewer: Viewer, partner: str | None = None) -> tuple[Member, ...]:
    """Everybody whom this viewer sees, at one partner or at all, in the order of places and names."""
    with transaction() as session:
        seats = [seat for seat in _seats(session) if _is_shown(viewer, seat, partner)]
    last, today = _last_sign_ins([seat.account.id for seat in seats]), datetime.now(UTC).date()
    lines = (
        Member(
            seat,
            last.get(seat.account.id),
            is_away(seat.account, today),
            may_manage(viewer, seat),
            may_manage_account(viewer, seat),
        )
        for seat in seats
    )
    return tuple(sorted(lines, key=_order)[:MOST])


def open_invitations(viewer: Viewer, since: datetime) -> Sequence[Invitation]:
    """Those that wait: of the viewer's own team, for administrators all."""
    waiting = select(Invitation).where(Invitation.at > since).order_by(Invitation.at.desc()).limit(MOST)
    if viewer.partner:
        waiting = waiting.where(Invitation.partner == viewer.partner)
    elif viewer.kind != "administrator":
        waiting = waiting.where(Invitation.role == "desk", Invitation.country == viewer.country)
    with acting_as(SIGN_IN), transaction() as session:
        return session.scalars(waiting).all()


def lately(team: Sequence[Member]) -> Sequence[tuple[AccessEvent, str]]:
    """What was done about these people's accounts, the latest first, each with the person's name."""
    names = {member.account.id: member.account.name for member in team}
    done = select(AccessEvent).where(AccessEvent.account_id.in_(names), AccessEvent.kind.in_(TOLD))
    with acting_as(SIGN_IN), transaction() as session:
        events = session.scalars(done.order_by(AccessEvent.id.desc()).limit(MOST_EVENTS)).all()
    return [(event, names[event.account_id]) for event in events]


def _seats(session: Session) -> list[Seat]:
    own = [Seat(account) for account in session.scalars(select(Account))]
    guests = session.execute(select(Membership, Account).join(Account, Account.id == Membership.account_id))
    return own + [Seat(account, membership) for membership, account in guests]


def _is_shown(viewer: Viewer, seat: Seat, partner: str | None) -> bool:
    """A guest's own place is another team's; one's own account is always seen, also where one is a guest."""
    if viewer.partner:
        return seat.partner == viewer.partner
    return partner is None or seat.partner == partner


def _last_sign_ins(accounts: list[int]) -> Mapping[int, datetime]:
    latest = (
        select(SignInRecord.account_id, func.max(SignInRecord.at).label("at"))
        .where(SignInRecord.account_id.in_(accounts), SignInRecord.outcome == "signed_in")
        .group_by(SignInRecord.account_id)
    )
    with acting_as(SIGN_IN), transaction() as session:
        return {row.account_id: row.at for row in session.execute(latest)}


def _order(member: Member) -> tuple[str, str, str]:
    seat = member.seat
    return seat.partner or "", seat.account.country or seat.role, seat.account.name.casefold()
