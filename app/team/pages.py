"""The page of a team, for everybody in it, and that of one's own absence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.access.models import AccessEvent, Account, Invitation
from app.access.people import own_id, served_by, signed_in_person
from app.access.speaking import page_language
from app.database import transaction
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.team import handing_over
from app.team.handing_over import BadAbsence
from app.team.inviting import GOOD_FOR
from app.team.members import Member, lately, members, open_invitations
from app.team.rules import INVITED_BY
from app.team.wording import ABSENCE_FAULTS, EVENTS
from app.viewer import PARTNER_ROLES, Viewer

TRIAGE = frozenset({"partner_member", "partner_lead", "desk"})

MANAGERS = frozenset({"partner_lead", "administrator"})

bp = Blueprint("team", __name__)
bp.add_app_template_filter(lambda kind: str(EVENTS[kind]), "team_event_name")
gates.staff(bp, TRIAGE | {"administrator"})

absence_bp = Blueprint("absence", __name__)
gates.staff(absence_bp, TRIAGE)


@dataclass(frozen=True)
class Entered:
    """What was wrong on the page, and what had been typed: `where` is the field, `message` says why."""

    where: str = ""
    message: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TeamPage:
    """`roles` are those that the viewer may give away; none where they invite nobody."""

    members: tuple[Member, ...]
    lately: Sequence[tuple[AccessEvent, str]]
    invitations: Sequence[Invitation]
    roles: tuple[str, ...]
    directory: Directory
    partner: str | None
    entered: Entered
    today: date

    def served(self, partner: str | None) -> list[str]:
        """The entry points among which a member of this partner may be confined to some."""
        return sorted(served_by(partner, self.directory, self.today))

    def name_of(self, slug: str) -> str:
        """What an entry point is called; its slug, where it has left the directory."""
        found = (one for one in self.directory.entry_points if one.slug == slug)
        return next((one.name_in(page_language()) for one in found), slug)


@bp.get("/team")
def members_list() -> ResponseReturnValue:
    return show()


def show(entered: Entered | None = None) -> str:
    """The page; also for the forms on it that were refused."""
    viewer, now = signed_in_person().viewer, datetime.now(UTC)
    partner = request.args.get("partner") or None
    roles, team = INVITED_BY.get(viewer.kind, ()), members(viewer, partner)
    page = TeamPage(
        members=team,
        lately=lately(team) if viewer.kind in MANAGERS else (),
        invitations=open_invitations(viewer, now - GOOD_FOR) if roles else (),
        roles=roles,
        directory=current_directory(),
        partner=partner,
        entered=entered or Entered(),
        today=now.date(),
    )
    return render_template(
        "team/members.html",
        page=page,
        done=request.args.get("done"),
        partner_roles=PARTNER_ROLES,
    )


@absence_bp.get("/team/absence")
def absence() -> ResponseReturnValue:
    return _absence_form(signed_in_person().viewer)


@absence_bp.post("/team/absence")
def go_away() -> ResponseReturnValue:
    viewer = signed_in_person().viewer
    typed = {name: request.form.get(name, "") for name in ("from", "until", "to")}
    try:
        given = handing_over.read_absence(typed["from"], typed["until"], typed["to"], datetime.now(UTC).date())
        handed = handing_over.go_away(viewer, given, request.form.get("hand_over") == "yes")
    except BadAbsence as bad:
        return _absence_form(viewer, Entered(bad.fault, str(ABSENCE_FAULTS[bad.fault]), typed)), 422
    return redirect(url_for("absence.absence", done="away", handed=handed), 303)


@absence_bp.post("/team/absence/end")
def come_back() -> ResponseReturnValue:
    handing_over.come_back(signed_in_person().viewer)
    return redirect(url_for("absence.absence", done="back"), 303)


def _absence_form(viewer: Viewer, entered: Entered | None = None) -> str:
    with transaction() as session:
        own = session.get_one(Account, own_id())
        colleagues = handing_over.colleagues(session, viewer)
        waiting = handing_over.how_many_open(session, viewer)
    return render_template(
        "team/absence.html",
        own=own,
        colleagues=colleagues,
        waiting=waiting,
        entered=entered or Entered("", "", _kept(own)),
        done=request.args.get("done"),
        handed=request.args.get("handed", 0, type=int),
    )


def _kept(own: Account) -> dict[str, str]:
    if own.away_from is None or own.away_until is None:
        return {}
    return {
        "from": own.away_from.isoformat(),
        "until": own.away_until.isoformat(),
        "to": str(own.away_to or ""),
    }
