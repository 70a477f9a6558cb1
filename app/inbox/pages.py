"""The pages of the inbox: read, call, answer."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import gates
from app.database import transaction
from app.inbox import acts, listing, placing, sending_on, sharing_out
from app.inbox.acting import act, canonical, show_report
from app.inbox.beside import drafts
from app.inbox.list_page import show_list
from app.inbox.looking import look
from app.inbox.report_page import Forms
from app.inbox.showing import offer_to_templates
from app.viewer import PARTNER_ROLES

TRIAGE = PARTNER_ROLES | {"desk"}

bp = Blueprint("inbox", __name__, url_prefix="/inbox")
gates.staff(bp, TRIAGE)
offer_to_templates(bp)


@bp.get("")
def reports() -> ResponseReturnValue:
    searched = request.args.get("q", "").strip()
    try:
        with transaction() as session:
            reference = listing.find_reference(session, searched) if searched else None
    except listing.NotFound as not_found:
        return show_list(searched, str(not_found))
    return redirect(url_for(".report", reference=reference), 303) if reference else show_list(searched)


@bp.get("/<reference>")
def report(reference: str) -> ResponseReturnValue:
    reference = canonical(reference)
    forms = Forms(done=request.args.get("done"), begun=request.args.get("answer", type=int))
    page = show_report(reference, forms)
    look(reference)
    return page


@bp.post("/<reference>/status")
def change_status(reference: str) -> ResponseReturnValue:
    was, to, reason = (request.form.get(name, "") for name in ("was", "status", "reason"))
    return act(reference, "status", lambda s, r, form: acts.change_status(s, r, form, was, to, reason))


@bp.post("/<reference>/note")
def note(reference: str) -> ResponseReturnValue:
    text = request.form.get("note", "")

    def add(session: Session, reference: str, form: UUID) -> str | None:
        done = acts.add_note(session, reference, form, text)
        drafts.forget(session, reference, "note")
        return done

    return act(reference, "note", add)


@bp.post("/<reference>/reply")
def reply(reference: str) -> ResponseReturnValue:
    text = request.form.get("reply", "")

    def answer(session: Session, reference: str, form: UUID) -> None:
        acts.reply(session, reference, form, text)
        drafts.forget(session, reference, "reply")

    return act(reference, "reply", answer)


@bp.post("/<reference>/assign")
def assign(reference: str) -> ResponseReturnValue:
    to = request.form.get("to", "")
    return act(reference, "assigned", lambda s, r, form: sharing_out.assign(s, r, form, to))


@bp.post("/<reference>/area")
def correct_area(reference: str) -> ResponseReturnValue:
    was, listed, pointed, reason = (request.form.get(name, "") for name in ("was", "area", "tile", "area_reason"))

    def correct(session: Session, reference: str, form: UUID) -> None:
        placing.correct(session, reference, form, was, placing.chosen(listed, pointed, was), reason)

    return act(reference, "area", correct)


@bp.post("/<reference>/send-on")
def send_on(reference: str) -> ResponseReturnValue:
    """Afterwards the list is shown: the report is somebody else's in a moment."""
    to, reason = request.form.get("place", ""), request.form.get("send_reason", "")
    away = url_for(".reports", sent=canonical(reference))
    return act(reference, "sent", lambda s, r, form: sending_on.send_on(s, r, form, to, reason), away)
