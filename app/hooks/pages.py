"""The pages on which leads register addresses, try them, and see what was sent."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import gates
from app.access.proof import prove_first
from app.database import transaction
from app.hooks.addresses import BadAddress, check
from app.hooks.delivery import deliver_later
from app.hooks.gathering import EVENTS
from app.hooks.models import Hook, HookDelivery
from app.hooks.signing import give_secret
from app.inbox.acts import Refused
from app.viewer import current_viewer

bp = Blueprint("hooks", __name__, url_prefix="/webhooks")
gates.staff(bp, frozenset({"partner_lead"}))

MOST, SHOWN = 10, 50


@bp.get("")
def manage() -> ResponseReturnValue:
    return _page()


@bp.post("")
@prove_first
def register() -> ResponseReturnValue:
    """The secret is on the page that answers, and nowhere else ever again."""
    try:
        with transaction() as session:
            secret = _register(session, request.form.get("url", "").strip(), request.form.getlist("events"))
    except Refused as refused:
        return _page(refused), 422
    return _page(secret=secret)


@bp.get("/<int:number>")
def log(number: int) -> ResponseReturnValue:
    with transaction() as session:
        hook = _hook(session, number)
        wanted = select(HookDelivery).where(HookDelivery.hook_id == hook.id).order_by(HookDelivery.id.desc())
        return render_template("hooks/log.html", hook=hook, deliveries=session.scalars(wanted.limit(SHOWN)).all())


@bp.post("/<int:number>/secret")
@prove_first
def rotate(number: int) -> ResponseReturnValue:
    with transaction() as session:
        secret = give_secret(_hook(session, number))
    return _page(secret=secret)


@bp.post("/<int:number>/test")
def test(number: int) -> ResponseReturnValue:
    """Send a word that means nothing, now and once."""
    with transaction() as session:
        hook = _hook(session, number)
        row = HookDelivery(
            hook_id=hook.id, partner=hook.partner, cause=f"test:{uuid.uuid4()}", event="test", payload={}
        )
        session.add(row)
        session.flush()
        deliver_later(session, row.id)
    return redirect(url_for(".log", number=number), 303)


@bp.post("/<int:number>/switch")
def switch(number: int) -> ResponseReturnValue:
    """Off, or on again from this moment."""
    with transaction() as session:
        hook, now = _hook(session, number), datetime.now(UTC)
        if hook.disabled_at is None:
            hook.disabled_at = now
        else:
            hook.disabled_at, hook.failing_since, hook.seen_until, hook.at = None, None, now, now
    return redirect(url_for(".manage"), 303)


@bp.post("/<int:number>/delete")
def delete(number: int) -> ResponseReturnValue:
    with transaction() as session:
        session.delete(_hook(session, number))
    return redirect(url_for(".manage"), 303)


def _register(session: Session, url: str, events: list[str]) -> str:
    try:
        check(url, current_app.extensions["settings"].is_demo)
    except BadAddress:
        raise Refused("url", _("Give an https address on the public internet.")) from None
    chosen = [event for event in EVENTS if event in events]
    if not chosen:
        raise Refused("events", _("Choose what is to be told."))
    if len(session.scalars(select(Hook.id)).all()) >= MOST:
        raise Refused("url", _("There are %(n)d addresses. Delete one first.", n=MOST))
    viewer, now = current_viewer(), datetime.now(UTC)
    hook = Hook(partner=viewer.partner or "", account_id=viewer.account_id, url=url, events=chosen, at=now)
    hook.seen_until = now
    secret = give_secret(hook)
    session.add(hook)
    return secret


def _hook(session: Session, number: int) -> Hook:
    return session.get(Hook, number) or abort(404)


def _page(problem: Refused | None = None, secret: str | None = None) -> str:
    with transaction() as session:
        hooks = session.scalars(select(Hook).order_by(Hook.id)).all()
    return render_template(
        "hooks/hooks.html", hooks=hooks, events=EVENTS, problem=problem, secret=secret, here=url_for(".manage")
    )
