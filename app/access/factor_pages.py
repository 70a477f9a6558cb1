"""Setting up a second factor, and proving again who one is: open before the factor that production demands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.access import factor, gates, letters, sessions, throttle
from app.access.models import AccessEvent, Account
from app.access.people import own_id, signed_in_person
from app.access.proof import ask, prove_first, try_proof
from app.access.redirects import local_path
from app.access.throttle import WINDOW, TooManyAttempts
from app.access.visits import this_visit
from app.database import transaction
from app.mail.posting import post
from app.viewer import ROLES, SIGN_IN, acting_as

bp = Blueprint("own_factor", __name__)
gates.staff(bp, ROLES, before_enrolling=True)


@bp.get("/account/prove")
def prove() -> ResponseReturnValue:
    page, _status = ask(next_path=local_path(request.args.get("next")) or url_for("own.account"))
    return page


@bp.post("/account/prove")
def prove_now() -> ResponseReturnValue:
    wanted = local_path(request.form.get("next")) or url_for("own.account")
    return try_proof(wanted) or redirect(wanted, 303)


@bp.get("/account/second-factor")
def factor_page() -> ResponseReturnValue:
    return _page()


@bp.post("/account/second-factor/begin")
@prove_first
def begin() -> ResponseReturnValue:
    with acting_as(SIGN_IN), transaction() as session:
        factor.begin(session.get_one(Account, own_id()))
    return redirect(url_for("own_factor.factor_page"), 303)


@bp.post("/account/second-factor/confirm")
@prove_first
def confirm() -> ResponseReturnValue:
    """Shows the recovery codes, this once; the session goes on under another token, the others end."""
    try:
        confirmed = _confirm(request.form.get("code", ""))
    except factor.NothingToConfirm:
        return redirect(url_for("own_factor.factor_page"), 303)
    except TooManyAttempts:
        minutes = int(WINDOW.total_seconds() // 60)
        return _page(_("Too many attempts. Wait %(minutes)d minutes, then try again.", minutes=minutes)), 429
    if confirmed is None:
        return _page(_("This code is not right. Is the clock of your telephone?")), 422
    codes, token = confirmed
    response = make_response(render_template("access/recovery_codes.html", codes=codes))
    sessions.hand_out(response, token)
    return response


@bp.post("/account/second-factor/codes")
@prove_first
def new_codes() -> ResponseReturnValue:
    with acting_as(SIGN_IN), transaction() as session:
        own = session.get_one(Account, own_id(), with_for_update=True)
        if own.factor_secret is None:
            return redirect(url_for("own_factor.factor_page"), 303)
        codes = factor.draw_recovery_codes(session, own)
    return render_template("access/recovery_codes.html", codes=codes)


def _confirm(code: str) -> tuple[Sequence[str], str] | None:
    attempt = throttle.read_attempt(
        current_app.extensions["vault"], f"confirm/{own_id()}", this_visit().network_address
    )
    now = datetime.now(UTC)
    with acting_as(SIGN_IN):
        with transaction() as session:
            counted = throttle.admit(session, attempt, now)
        with transaction() as session:
            own = session.get_one(Account, own_id(), with_for_update=True)
            codes = factor.confirm(session, own, code, now)
            if codes is None:
                return None
            throttle.forgive(session, attempt, counted)
            return codes, _goes_on(session, own, now)


def _goes_on(session: Session, own: Account, now: datetime) -> str:
    """What was begun without the new factor ends; but the demo's accounts are many people's at once."""
    session.add(AccessEvent(account_id=own.id, kind="factor", by=own.name))
    post(session, letters.factor_changed(own))
    if own.is_demo:
        sessions.end_one(session, own.id, signed_in_person().session)
    else:
        sessions.end_all(session, own.id)
    return sessions.start(session, own.id, now, this_visit())


def _page(problem: str | None = None) -> str:
    with acting_as(SIGN_IN), transaction() as session:
        own = session.get_one(Account, own_id())
        secret = factor.draft_of(own)
        address = factor.address_of(secret, own) if secret else None
        left = factor.codes_left(session, own)
    return render_template(
        "access/factor.html",
        problem=problem,
        since=own.factor_since,
        codes_left=left,
        secret=secret,
        picture=factor.picture_of(address) if address else None,
        is_demo=own.is_demo,
        is_demanded=not current_app.extensions["settings"].is_demo,
    )
