"""The pages of the inbox: read, call, answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import gates
from app.database import transaction
from app.directory.current import current_directory
from app.inbox import acts, listing, sending_on, sharing_out
from app.inbox.filters import choices_for, read_filters
from app.inbox.paging import read_cursor
from app.inbox.report_page import Forms, Problem, read_report_page
from app.inbox.showing import offer_to_templates
from app.photos.keeping import numbers_of_photos
from app.reports.reference import WrongReference, read_reference
from app.viewer import PARTNER_ROLES, current_viewer

TRIAGE = PARTNER_ROLES | {"desk"}

bp = Blueprint("inbox", __name__, url_prefix="/inbox")
gates.staff(bp, TRIAGE)
offer_to_templates(bp)

UseCase = Callable[[Session, str, uuid.UUID], None]


@bp.get("")
def reports() -> ResponseReturnValue:
    searched = request.args.get("q", "").strip()
    try:
        with transaction() as session:
            reference = listing.find_reference(session, searched) if searched else None
    except listing.NotFound as not_found:
        return _list(searched, str(not_found))
    return redirect(url_for(".report", reference=reference), 303) if reference else _list(searched, None)


@bp.get("/<reference>")
def report(reference: str) -> ResponseReturnValue:
    return _report_page(_canonical(reference), Forms(done=request.args.get("done")))


@bp.post("/<reference>/status")
def change_status(reference: str) -> ResponseReturnValue:
    was, to, reason = (request.form.get(name, "") for name in ("was", "status", "reason"))
    return _act(reference, "status", lambda s, r, form: acts.change_status(s, r, form, was, to, reason))


@bp.post("/<reference>/note")
def note(reference: str) -> ResponseReturnValue:
    text = request.form.get("note", "")
    return _act(reference, "note", lambda s, r, form: acts.add_note(s, r, form, text))


@bp.post("/<reference>/reply")
def reply(reference: str) -> ResponseReturnValue:
    text = request.form.get("reply", "")
    return _act(reference, "reply", lambda s, r, form: acts.reply(s, r, form, text))


@bp.post("/<reference>/assign")
def assign(reference: str) -> ResponseReturnValue:
    to = request.form.get("to", "")
    return _act(reference, "assigned", lambda s, r, form: sharing_out.assign(s, r, form, to))


@bp.post("/<reference>/send-on")
def send_on(reference: str) -> ResponseReturnValue:
    """Afterwards the list is shown: the report is somebody else's in a moment."""
    to, reason = request.form.get("place", ""), request.form.get("send_reason", "")
    away = url_for(".reports", sent=_canonical(reference))
    return _act(reference, "sent", lambda s, r, form: sending_on.send_on(s, r, form, to, reason), away)


def _list(searched: str, problem: str | None) -> ResponseReturnValue:
    before, after = (read_cursor(request.args.get(name)) for name in ("before", "after"))
    with transaction() as session:
        directory = current_directory()
        choices = choices_for(current_viewer(), directory)
        filters = read_filters(request.args, choices)
        page = listing.page_of_reports(session, filters, before, after)
        counts = listing.count(session, filters)
        photos = numbers_of_photos(session, page.reports)
    rows = listing.rows_of(page, directory, photos)
    shown = {"rows": rows, "page": page, "counts": counts, "choices": choices, "filters": filters}
    return render_template("inbox/list.html", **shown, searched=searched, problem=problem), 422 if problem else 200


def _act(reference: str, done: str, use_case: UseCase, away: str | None = None) -> ResponseReturnValue:
    """Run one act in one transaction, then show the report again, afresh or with what was wrong, or go `away`."""
    reference = _canonical(reference)
    try:
        with transaction() as session:
            use_case(session, reference, _form_number())
    except acts.NoSuchReport:
        abort(404)
    except acts.Refused as refused:
        forms = Forms(Problem(refused.field, str(refused)), request.form.to_dict())
        return _report_page(reference, forms), 409 if isinstance(refused, acts.Stale) else 422
    return redirect(away or url_for(".report", reference=reference, done=done), 303)


def _canonical(reference: str) -> str:
    """The reference in this address as reports keep it; what is none leads nowhere."""
    try:
        read = read_reference(reference)
    except WrongReference:
        read = None
    return str(read) if read else abort(404)


def _form_number() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("form", ""))
    except ValueError:
        abort(400)


def _report_page(reference: str, forms: Forms) -> str:
    with transaction() as session:
        page = read_report_page(session, reference, forms)
    if page is None:
        abort(404)
    return render_template("inbox/report.html", page=page, here=url_for(".report", reference=reference))
