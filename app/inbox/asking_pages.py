"""The form that asks the person for what is missing."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.access import gates
from app.inbox import asking
from app.inbox.acting import act
from app.inbox.pages import TRIAGE

bp = Blueprint("asking", __name__, url_prefix="/inbox/<reference>")
gates.staff(bp, TRIAGE)


@bp.post("/ask")
def ask(reference: str) -> ResponseReturnValue:
    what = request.form.get("what", "")
    return act(reference, "asked", lambda s, r, form: asking.ask(s, r, form, what))
