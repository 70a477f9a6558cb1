"""The pages of a forgotten password: asking for a link, and choosing another password with it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access import gates
from app.access.passwords import SHORTEST, WeakPassword
from app.access.resetting import DeadLink, ask_for_reset, check_link, reset_password
from app.access.throttle import WINDOW, TooManyAttempts
from app.access.visits import this_visit
from app.access.wording import told

bp = Blueprint("reset", __name__)
gates.public(bp)


@bp.get("/forgotten-password")
def forgotten() -> ResponseReturnValue:
    return render_template("access/forgotten.html", sent=False, problem=None)


@bp.post("/forgotten-password")
def ask() -> ResponseReturnValue:
    """Known or unknown, an address gets the same answer."""
    try:
        ask_for_reset(request.form.get("email", ""), this_visit())
    except TooManyAttempts:
        minutes = int(WINDOW.total_seconds() // 60)
        problem = _("Too many attempts. Wait %(minutes)d minutes, then try again.", minutes=minutes)
        return render_template("access/forgotten.html", sent=False, problem=problem), 429
    return render_template("access/forgotten.html", sent=True, problem=None)


@bp.get("/new-password/<token>")
def choose(token: str) -> ResponseReturnValue:
    """Opening the link changes nothing: mail programs open links too."""
    try:
        check_link(token)
    except DeadLink:
        return _dead()
    return _form()


@bp.post("/new-password/<token>")
def choose_now(token: str) -> ResponseReturnValue:
    try:
        reset_password(token, request.form.get("password", ""))
    except DeadLink:
        return _dead()
    except WeakPassword as weak:
        return _form(told(weak)), 422
    return redirect(url_for("access.sign_in", done="password"), 303)


def _form(problem: str | None = None) -> str:
    return render_template("access/new_password.html", problem=problem, shortest=SHORTEST)


def _dead() -> ResponseReturnValue:
    return render_template("access/dead_link.html"), 404
