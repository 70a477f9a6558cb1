"""What leads and administrators do about a person. Each act asks the rules and is logged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import factor, letters, sessions
from app.access.models import AccessEvent, Account, Membership
from app.access.people import served_by
from app.database import transaction
from app.directory.catalogue import Directory
from app.mail.posting import post
from app.team.rules import NotYours, Seat, may_manage, may_manage_account
from app.viewer import PARTNER_ROLES, SIGN_IN, Viewer, acting_as


def set_role(viewer: Viewer, account_id: int, partner: str | None, role: str) -> None:
    """Member or lead; a lead is confined to nothing. Raises NotYours, ValueError."""
    if role not in PARTNER_ROLES:
        raise ValueError(role)

    def act(_session: Session, seat: Seat) -> str:
        if seat.role not in PARTNER_ROLES:
            raise NotYours
        at = seat.membership or seat.account
        at.role = role
        at.entry_points = at.entry_points if role == "partner_member" else None
        return role

    _manage(viewer, account_id, partner, "role", may_manage, act)


def confine(
    viewer: Viewer, account_id: int, partner: str | None, chosen: Iterable[str], directory: Directory, today: date
) -> None:
    """Let a member work on these of the partner's entry points only; on all of them when all are chosen.

    Raises NotYours, ValueError where nothing is chosen that the partner serves.
    """

    def act(_session: Session, seat: Seat) -> str:
        if seat.role != "partner_member":
            raise NotYours
        served = served_by(seat.partner, directory, today)
        kept = sorted(served & set(chosen))
        if not kept:
            raise ValueError("nothing chosen")
        at = seat.membership or seat.account
        at.entry_points = None if set(kept) == served else kept
        return " ".join(kept)

    _manage(viewer, account_id, partner, "entry_points", may_manage, act)


def disable(viewer: Viewer, account_id: int, partner: str | None, reason: str) -> None:
    """Shut the account out everywhere at once. Raises NotYours."""

    def act(session: Session, seat: Seat) -> str:
        seat.account.disabled_at = datetime.now(UTC)
        sessions.end_all(session, seat.account.id)
        return reason

    _manage(viewer, account_id, partner, "disabled", may_manage_account, act)


def enable(viewer: Viewer, account_id: int, partner: str | None) -> None:
    """Let them sign in again; no session of before comes back. Raises NotYours."""

    def act(_session: Session, seat: Seat) -> str:
        seat.account.disabled_at = None
        return ""

    _manage(viewer, account_id, partner, "enabled", may_manage_account, act)


def remove(viewer: Viewer, account_id: int, partner: str | None) -> None:
    """End a guest's place in this team. Raises NotYours."""

    def act(session: Session, seat: Seat) -> str:
        if seat.membership is None:
            raise NotYours
        session.delete(seat.membership)
        return seat.membership.partner

    _manage(viewer, account_id, partner, "removed", may_manage, act)


def take_off_factor(viewer: Viewer, account_id: int, partner: str | None, reason: str) -> None:
    """For somebody who has lost telephone and codes. Their password stays; they are told by letter.

    Raises NotYours, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("no reason")

    def act(session: Session, seat: Seat) -> str:
        factor.remove(session, seat.account)
        sessions.end_all(session, seat.account.id)
        post(session, letters.factor_removed(seat.account, viewer.name))
        return reason

    _manage(viewer, account_id, partner, "factor_removed", may_manage_account, act)


def _manage(
    viewer: Viewer,
    account_id: int,
    partner: str | None,
    kind: str,
    allowed: Callable[[Viewer, Seat], bool],
    act: Callable[[Session, Seat], str],
) -> None:
    """Do it as `sign_in` where the rules allow it, with a line in the log. What `act` returns is its reason."""
    with acting_as(SIGN_IN), transaction() as session:
        seat = _seat(session, account_id, viewer.partner or partner)
        if not allowed(viewer, seat):
            raise NotYours
        reason = act(session, seat)
        session.add(AccessEvent(account_id=account_id, kind=kind, by=viewer.name, reason=reason[:500]))


def _seat(session: Session, account_id: int, partner: str | None) -> Seat:
    account = session.get(Account, account_id, with_for_update=True)
    if account is None:
        raise NotYours
    if partner is None or account.partner == partner:
        return Seat(account)
    there = select(Membership).where(Membership.account_id == account_id, Membership.partner == partner)
    membership = session.scalars(there).one_or_none()
    if membership is None:
        raise NotYours
    return Seat(account, membership)
