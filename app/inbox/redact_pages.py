"""The page on which something in a message is blacked out."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import gates
from app.database import transaction
from app.inbox import acts, redacting
from app.inbox.acting import canonical, form_number
from app.inbox.pages import TRIAGE
from app.inbox.report_page import Problem

bp = Blueprint("redacting", __name__, url_prefix="/inbox/<reference>/messages/<uuid:message>")
gates.staff(bp, TRIAGE)

Act = Callable[[Session], str | None]


@bp.get("")
def page(reference: str, message: uuid.UUID) -> ResponseReturnValue:
    return _show(canonical(reference), message)


@bp.post("")
def redact(reference: str, message: uuid.UUID) -> ResponseReturnValue:
    marked, chosen = request.form.get("marked", ""), request.form.getlist("number")
    reference, form = canonical(reference), form_number()
    return _do(reference, message, lambda s: redacting.redact(s, reference, form, message, marked, chosen))


@bp.post("/restore")
def restore(reference: str, message: uuid.UUID) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    reference, form = canonical(reference), form_number()
    return _do(reference, message, lambda s: redacting.restore(s, reference, form, message, reason))


@bp.post("/original")
def original(reference: str, message: uuid.UUID) -> ResponseReturnValue:
    """Shown once, in the answer to the form, and under no address."""
    reason = request.form.get("reason", "")
    reference, form = canonical(reference), form_number()
    return _do(reference, message, lambda s: redacting.read_original(s, reference, form, message, reason))


def _do(reference: str, message: uuid.UUID, act: Act) -> ResponseReturnValue:
    try:
        with transaction() as session:
            words = act(session)
    except acts.NoSuchReport:
        abort(404)
    except acts.Refused as refused:
        return _show(reference, message, Problem(refused.field, str(refused))), 422
    if words is not None:
        return _show(reference, message, original=words)
    return redirect(url_for("inbox.report", reference=reference, done="redacted"), 303)


def _show(reference: str, message: uuid.UUID, problem: Problem | None = None, original: str | None = None) -> str:
    with transaction() as session:
        shown = redacting.read_page(session, reference, message, original)
    if shown is None:
        abort(404)
    return render_template("inbox/redact.html", page=shown, problem=problem)
