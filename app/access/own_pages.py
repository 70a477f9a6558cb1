"""One's own account: where one is signed in, the latest sign-ins, another password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import factor, gates, sessions
from app.access.accounts import give_password
from app.access.models import Account, SignInRecord, SignInSession
from app.access.passwords import SHORTEST, WeakPassword
from app.access.people import Person, landing_of, own_id, signed_in_person
from app.access.proof import prove_first
from app.access.visits import this_visit
from app.access.wording import outcome_name, told
from app.database import transaction
from app.viewer import ROLES, SIGN_IN, acting_as

MOST_RECORDS = 20

bp = Blueprint("own", __name__)
gates.staff(bp, ROLES)
bp.add_app_template_filter(outcome_name, "outcome_name")


@dataclass(frozen=True)
class OwnPage:
    """What the page of one's own account shows, detached from the database."""

    email: str
    person: Person
    factor_since: datetime | None
    codes_left: int
    sessions: tuple[SignInSession, ...]
    records: tuple[SignInRecord, ...]


@bp.get("/account")
def account() -> ResponseReturnValue:
    with acting_as(SIGN_IN), transaction() as session:
        page = _page(session, signed_in_person())
    return render_template("access/account.html", page=page, done=request.args.get("done"))


@bp.post("/account/sessions/<uuid:number>/end")
def end_session(number: UUID) -> ResponseReturnValue:
    with acting_as(SIGN_IN), transaction() as session:
        sessions.end_one(session, own_id(), number)
    return redirect(url_for("own.account", done="ended"), 303)


@bp.post("/account/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    with acting_as(SIGN_IN), transaction() as session:
        sessions.end_others(session, own_id(), signed_in_person().session)
    return redirect(url_for("own.account", done="ended"), 303)


@bp.post("/account/switch")
def switch() -> ResponseReturnValue:
    """Act at another of one's places from now on, in this browser."""
    person = signed_in_person()
    chosen = next((seat for seat in person.elsewhere if str(seat.membership or "") == request.form.get("to")), None)
    if chosen is None:
        abort(400)
    with acting_as(SIGN_IN), transaction() as session:
        sessions.act_at(session, person.session, chosen.membership)
    return redirect(url_for(landing_of(chosen.role)), 303)


@bp.get("/account/password")
@prove_first
def password() -> ResponseReturnValue:
    return _password_form()


@bp.post("/account/password")
@prove_first
def change_password() -> ResponseReturnValue:
    if signed_in_person().is_demo:
        abort(403)
    try:
        token = _give(request.form.get("password", ""))
    except WeakPassword as weak:
        return _password_form(told(weak)), 422
    response = make_response(redirect(url_for("own.account", done="password"), 303))
    sessions.hand_out(response, token)
    return response


def _give(password: str) -> str:
    """The new password; every session ends but that of this browser, which goes on under another token."""
    with acting_as(SIGN_IN), transaction() as session:
        own = session.get_one(Account, own_id())
        give_password(session, own, password)
        return sessions.start(session, own.id, datetime.now(UTC), this_visit())


def _page(session: Session, person: Person) -> OwnPage:
    own = session.get_one(Account, own_id())
    latest = select(SignInRecord).where(SignInRecord.account_id == own.id)
    return OwnPage(
        email=own.email,
        person=person,
        factor_since=own.factor_since,
        codes_left=factor.codes_left(session, own),
        sessions=tuple(sessions.of_account(session, own.id, datetime.now(UTC))),
        records=tuple(session.scalars(latest.order_by(SignInRecord.at.desc()).limit(MOST_RECORDS))),
    )


def _password_form(problem: str | None = None) -> str:
    return render_template(
        "access/password.html", problem=problem, shortest=SHORTEST, is_demo=signed_in_person().is_demo
    )
