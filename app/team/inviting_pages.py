"""Inviting and taking invitations back: for leads, desks and administrators."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.access.people import signed_in_person
from app.access.proof import prove_first
from app.access.speaking import page_language
from app.language import STAFF_LANGUAGES
from app.team.inviting import BadInvitation, invite, take_back
from app.team.pages import Entered, show
from app.team.rules import NotYours
from app.team.wording import INVITATION_FAULTS

bp = Blueprint("team_inviting", __name__)
gates.staff(bp, frozenset({"partner_lead", "desk", "administrator"}))

FIELDS = ("email", "role", "partner", "country", "language")


@bp.post("/team/invitations")
@prove_first
def send() -> ResponseReturnValue:
    viewer = signed_in_person().viewer
    typed = {name: request.form.get(name, "") for name in FIELDS}
    language = typed["language"] if typed["language"] in STAFF_LANGUAGES else page_language()
    partner, country = viewer.partner or typed["partner"] or None, viewer.country or typed["country"] or None
    try:
        invite(viewer, typed["email"], typed["role"], partner, country, language)
    except BadInvitation as bad:
        where = "role" if bad.fault == "place" else "email"
        return show(Entered(where, str(INVITATION_FAULTS[bad.fault]), typed)), 422
    return redirect(url_for("team.members_list", done="invited"), 303)


@bp.post("/team/invitations/<int:number>/take-back")
def withdraw(number: int) -> ResponseReturnValue:
    try:
        take_back(signed_in_person().viewer, number)
    except NotYours:
        abort(404)
    return redirect(url_for("team.members_list", done="taken_back"), 303)
