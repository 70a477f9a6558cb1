"""The page to which an invitation leads."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access import gates, sessions
from app.access.passwords import SHORTEST, WeakPassword
from app.access.visits import this_visit
from app.access.wording import told
from app.team.inviting import Asked, DeadInvitation, NoName, join, look_at
from app.team.letters import place_of

bp = Blueprint("joining", __name__)
gates.public(bp)


@bp.get("/join/<token>")
def look(token: str) -> ResponseReturnValue:
    """Opening the link changes nothing: mail programs open links too."""
    try:
        return _form(look_at(token))
    except DeadInvitation:
        return _dead()


@bp.post("/join/<token>")
def join_now(token: str) -> ResponseReturnValue:
    try:
        asked = look_at(token)
        begun = join(token, request.form.get("name", ""), request.form.get("password", ""), this_visit())
    except DeadInvitation:
        return _dead()
    except NoName:
        return _form(asked, "name", _("Give your name.")), 422
    except WeakPassword as weak:
        return _form(asked, "password", told(weak)), 422
    if begun is None:
        return redirect(url_for("access.sign_in", done="joined"), 303)
    session.clear()
    response = make_response(redirect(url_for("own_factor.factor_page"), 303))
    sessions.hand_out(response, begun)
    return response


def _form(asked: Asked, wrong: str = "", problem: str = "") -> str:
    return render_template(
        "team/join.html",
        asked=asked,
        place=place_of(asked.partner, asked.country),
        shortest=SHORTEST,
        wrong=wrong,
        problem=problem,
        name=request.form.get("name", ""),
    )


def _dead() -> ResponseReturnValue:
    return render_template("team/dead_invitation.html"), 404
