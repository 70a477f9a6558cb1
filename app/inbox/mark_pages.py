"""The forms that mark a report: tags, priority, snooze."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.access import gates
from app.inbox import marking
from app.inbox.acting import act
from app.inbox.pages import TRIAGE

bp = Blueprint("marks", __name__, url_prefix="/inbox/<reference>")
gates.staff(bp, TRIAGE)


@bp.post("/tags")
def tag(reference: str) -> ResponseReturnValue:
    was, chosen = request.form.getlist("was"), request.form.getlist("tag")
    more = request.form.get("new_tags", "")
    return act(reference, "tags", lambda s, r, form: marking.tag(s, r, form, was, chosen, more))


@bp.post("/priority")
def prioritise(reference: str) -> ResponseReturnValue:
    to = request.form.get("priority", "")
    return act(reference, "priority", lambda s, r, form: marking.prioritise(s, r, form, to))


@bp.post("/snooze")
def snooze(reference: str) -> ResponseReturnValue:
    days, day = (request.form.get(name, "") for name in ("snooze", "day"))
    return act(reference, "snoozed", lambda s, r, form: marking.snooze(s, r, form, days, day))


@bp.post("/wake")
def wake(reference: str) -> ResponseReturnValue:
    return act(reference, "woken", marking.wake)
