"""The pages of signing in and out, and the choice of language."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access import accounts, gates, sessions, speaking
from app.access.people import landing_of, person_signed_in
from app.access.redirects import local_path
from app.access.second_step import NotWaiting, WrongCode, give_code, is_waiting
from app.access.sessions import presented_token
from app.access.sign_in import WrongCredentials
from app.access.sign_in import sign_in as check_and_start
from app.access.sign_in import sign_out as end_session
from app.access.throttle import WINDOW, TooManyAttempts
from app.access.visits import this_visit
from app.language import STAFF_LANGUAGES

bp = Blueprint("access", __name__)
gates.public(bp)


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    person = person_signed_in(presented_token())
    if person is not None:
        return redirect(url_for(landing_of(person.viewer.kind)), 303)
    return _form(done=request.args.get("done"))


@bp.post("/sign-in")
def sign_in_now() -> ResponseReturnValue:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        started = check_and_start(email, password, this_visit())
    except WrongCredentials:
        return _form(_("The e-mail address or the password is not right."), email), 422
    except TooManyAttempts:
        return _form(_wait(), email), *_BRAKED
    return _asked_for_code(started.token) if started.waits_for_code else signed_in(started.token)


@bp.get("/sign-in/code")
def code() -> ResponseReturnValue:
    if not is_waiting(presented_token()):
        return redirect(url_for("access.sign_in", next=local_path(request.args.get("next"))), 303)
    return _code_form()


@bp.post("/sign-in/code")
def code_now() -> ResponseReturnValue:
    try:
        token = give_code(presented_token(), request.form.get("code", ""), this_visit())
    except NotWaiting:
        return redirect(url_for("access.sign_in", next=local_path(request.form.get("next"))), 303)
    except WrongCode:
        return _code_form(_("This code is not right, or it has been used already. Wait for the next one.")), 422
    except TooManyAttempts:
        return _code_form(_wait()), *_BRAKED
    return signed_in(token)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    token = presented_token()
    if token:
        end_session(token)
    session.clear()
    response = make_response(redirect(url_for("pages.home"), 303))
    sessions.take_back(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.post("/language")
def language() -> ResponseReturnValue:
    chosen, token = request.form.get("language"), presented_token()
    if chosen not in STAFF_LANGUAGES:
        abort(400)
    if token:
        accounts.speak(token, chosen)
    response = make_response(redirect(local_path(request.form.get("next")) or url_for("pages.home"), 303))
    speaking.remember(response, chosen)
    return response


_BRAKED = 429, {"Retry-After": str(int(WINDOW.total_seconds()))}


def _form(problem: str | None = None, email: str = "", done: str | None = None) -> str:
    wanted = local_path(request.values.get("next"))
    return render_template("access/sign_in.html", problem=problem, email=email, next=wanted, done=done)


def _code_form(problem: str | None = None) -> str:
    return render_template("access/code.html", problem=problem, next=local_path(request.values.get("next")))


def _wait() -> str:
    minutes = int(WINDOW.total_seconds() // 60)
    return _("Too many attempts. Wait %(minutes)d minutes, then try again.", minutes=minutes)


def _asked_for_code(token: str) -> ResponseReturnValue:
    """The cookie stands for the right password only; every page but that of the code is still shut."""
    older = presented_token()
    if older:
        end_session(older)
    path = url_for("access.code", next=local_path(request.form.get("next")))
    response = make_response(redirect(path, 303))
    sessions.hand_out(response, token)
    return response


def signed_in(token: str) -> ResponseReturnValue:
    """Nothing from before the sign-in outlives it: not the form cookie, not an older session of this browser."""
    session.clear()
    older = presented_token()
    if older:
        end_session(older)
    person = person_signed_in(token)
    home = url_for(landing_of(person.viewer.kind)) if person else url_for("pages.home")
    response = make_response(redirect(local_path(request.form.get("next")) or home, 303))
    sessions.hand_out(response, token)
    return response
