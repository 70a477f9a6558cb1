"""Who may manage whom: leads the people of their own partner, administrators everybody; nobody themselves.

The acts of this room run as `sign_in`, as accounts are written by nobody else: so each asks here first.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.access.models import Account, Membership
from app.viewer import PARTNER_ROLES, Viewer

INVITED_BY = {
    "partner_lead": ("partner_member", "partner_lead"),
    "desk": ("desk",),
    "administrator": ("partner_member", "partner_lead", "desk", "reviewer", "administrator"),
}
"""Which roles may be given away by whom."""


class NotYours(LookupError):
    """There is no such person, or they are not this viewer's to manage."""


@dataclass(frozen=True)
class Seat:
    """One person's place in one team: their own, or a further one."""

    account: Account
    membership: Membership | None = None

    @property
    def role(self) -> str:
        return (self.membership or self.account).role

    @property
    def partner(self) -> str | None:
        return (self.membership or self.account).partner

    @property
    def entry_points(self) -> list[str] | None:
        return (self.membership or self.account).entry_points

    @property
    def is_guest(self) -> bool:
        return self.membership is not None


def may_manage(viewer: Viewer, seat: Seat) -> bool:
    """Whether this viewer says what the person may do in this team."""
    if seat.account.id == viewer.account_id:
        return False
    if viewer.kind == "administrator":
        return True
    return viewer.kind == "partner_lead" and seat.partner == viewer.partner and seat.role in PARTNER_ROLES


def may_manage_account(viewer: Viewer, seat: Seat) -> bool:
    """Whether they also disable the account and take off its second factor: not of guests, who belong elsewhere."""
    return may_manage(viewer, seat) and (viewer.kind == "administrator" or not seat.is_guest)


def may_give(viewer: Viewer, role: str, partner: str | None, country: str | None) -> bool:
    """Whether this viewer may ask somebody to join in this role at this place."""
    if role not in INVITED_BY.get(viewer.kind, ()):
        return False
    if role in PARTNER_ROLES:
        return partner is not None and (viewer.kind == "administrator" or partner == viewer.partner)
    if role == "desk":
        return country is not None and (viewer.kind == "administrator" or country == viewer.country)
    return True
