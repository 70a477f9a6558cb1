"""The forms that merge a report with another, and take it out again."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.access import gates
from app.inbox import merging
from app.inbox.acting import act
from app.inbox.pages import TRIAGE

bp = Blueprint("merging", __name__, url_prefix="/inbox/<reference>")
gates.staff(bp, TRIAGE)


@bp.post("/merge")
def merge(reference: str) -> ResponseReturnValue:
    """A reference that was typed counts more than one that was chosen."""
    other = request.form.get("other", "").strip() or request.form.get("alike", "")
    stays, reason = (request.form.get(name, "") for name in ("stays", "merge_reason"))
    return act(reference, "merged", lambda s, r, form: merging.merge(s, r, form, other, stays, reason))


@bp.post("/unmerge")
def unmerge(reference: str) -> ResponseReturnValue:
    reason = request.form.get("unmerge_reason", "")
    return act(reference, "unmerged", lambda s, r, form: merging.unmerge(s, r, form, reason))
