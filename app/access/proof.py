"""Proving again who one is, before an act that a thief at an open browser must not do.

    @bp.post("/inbox/<reference>/contact")
    @prove_first
    def reveal(reference: str) -> ResponseReturnValue: ...

Below the route's own decorator, on a blueprint of the gate `staff`. If the person gave their password (and code,
where they have a second factor) less than `FRESH` ago, the view simply runs. Else they are asked, and go on with
what they were doing: a form that was sent is carried along in the page and done when the password is right; a page
that was opened is opened then. Nothing of this needs script, and such a form is not to be sent by htmx. A form with
a file cannot be carried: put the decorator on the page that shows it as well, so that asking comes first.

`recently_proved()` says the same to a template or a view that would rather ask in another way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import update

from app.access import factor, passwords, throttle
from app.access.models import Account, SignInSession
from app.access.people import Person, current_person
from app.access.throttle import WINDOW, TooManyAttempts
from app.access.visits import this_visit
from app.database import transaction
from app.viewer import SIGN_IN, acting_as

FRESH = timedelta(minutes=10)

OURS = ("csrf_token", "proof_password", "proof_code")
"""Fields that belong to the asking itself, and are not carried."""


class WrongProof(RuntimeError):
    """The password or the code is not right."""


def recently_proved() -> bool:
    """Whether the person of this request has proved who they are less than FRESH ago."""
    person = current_person()
    return person is not None and datetime.now(UTC) - person.proved_at < FRESH


def prove_first(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Let the view run only when the person has recently proved who they are; else ask, and then go on."""

    @wraps(view)
    def proved(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not recently_proved():
            refusal = _ask_and_check()
            if refusal is not None:
                return refusal
        return view(*args, **kwargs)

    return proved


def _ask_and_check() -> ResponseReturnValue | None:
    """The page that asks, or None once the form that was carried along came with the right answer."""
    if request.method != "POST":
        return redirect(url_for("own_factor.prove", next=request.full_path.rstrip("?")), 303)
    if "proof_password" not in request.form:
        return ask()
    return try_proof()


def try_proof(next_path: str | None = None) -> ResponseReturnValue | None:
    """Take the answer out of the form: None when it is right, else the page that asks again."""
    person = current_person()
    try:
        if person is not None:
            prove(person, request.form.get("proof_password", ""), request.form.get("proof_code", ""))
    except WrongProof:
        return ask(_("The password or the code is not right."), 422, next_path)
    except TooManyAttempts:
        minutes = int(WINDOW.total_seconds() // 60)
        problem = _("Too many attempts. Wait %(minutes)d minutes, then try again.", minutes=minutes)
        return ask(problem, 429, next_path)
    return None


def ask(problem: str | None = None, status: int = 403, next_path: str | None = None) -> ResponseReturnValue:
    """The page that asks for password and code; it holds the fields of the form that was sent."""
    carried = [(name, value) for name, value in request.form.items(multi=True) if name not in OURS]
    person = current_person()
    page = render_template(
        "access/prove.html",
        problem=problem,
        carried=carried if next_path is None else [("next", next_path)],
        wants_code=bool(person and person.has_factor and not person.is_demo),
    )
    return page, status


def prove(person: Person, password: str, code: str) -> None:
    """Note that this person has proved who they are, now. Raises WrongProof, TooManyAttempts.

    The password is hashed while no transaction is open, and a code is used up only beside the right password.
    """
    account_id = person.viewer.account_id
    vault, visit = current_app.extensions["vault"], this_visit()
    attempt = throttle.read_attempt(vault, f"proof/{account_id}", visit.network_address)
    now = datetime.now(UTC)
    with acting_as(SIGN_IN):
        with transaction() as session:
            counted = throttle.admit(session, attempt, now)
            password_hash = session.get_one(Account, account_id).password_hash
        is_right = passwords.is_right(password_hash, password)
        with transaction() as session:
            account = session.get_one(Account, account_id, with_for_update=True)
            is_right = is_right and (not account.asks_for_code or factor.is_right(session, account, code))
            if is_right:
                throttle.forgive(session, attempt, counted)
                mine = update(SignInSession).where(SignInSession.number == person.session)
                session.execute(mine.values(proved_at=now))
    if not is_right:
        raise WrongProof
    g.person = replace(person, proved_at=now)
