"""The forms by which a report is kept among a few."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.access import gates
from app.inbox import secrecy
from app.inbox.acting import act
from app.inbox.pages import TRIAGE

bp = Blueprint("secrecy", __name__, url_prefix="/inbox/<reference>")
gates.staff(bp, TRIAGE)


@bp.post("/sensitive")
def make_sensitive(reference: str) -> ResponseReturnValue:
    reason = request.form.get("secrecy", "")
    use_case = secrecy.make_sensitive
    return act(reference, secrecy.MADE_SENSITIVE, lambda s, r, form: use_case(s, r, form, reason))


@bp.post("/not-sensitive")
def open_again(reference: str) -> ResponseReturnValue:
    reason = request.form.get("secrecy", "")
    return act(reference, secrecy.OPENED_AGAIN, lambda s, r, form: secrecy.open_again(s, r, form, reason))


@bp.post("/readers")
def let_read(reference: str) -> ResponseReturnValue:
    reader = request.form.get("reader", "")
    return act(reference, secrecy.READER_ADDED, lambda s, r, form: secrecy.let_read(s, r, form, reader))


@bp.post("/readers/remove")
def let_read_no_more(reference: str) -> ResponseReturnValue:
    reader = request.form.get("reader", "")
    use_case = secrecy.let_read_no_more
    return act(reference, secrecy.READER_REMOVED, lambda s, r, form: use_case(s, r, form, reader))
