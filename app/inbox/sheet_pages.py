"""One report on paper: facts, words and timeline, for a folder or a meeting. No contact is on it."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.access import gates
from app.database import transaction
from app.inbox.acting import canonical
from app.inbox.pages import TRIAGE
from app.inbox.report_page import Forms, ReportPage, read_report_page

bp = Blueprint("sheets", __name__, url_prefix="/inbox")
gates.staff(bp, TRIAGE)


@bp.get("/<reference>/sheet")
def report(reference: str) -> ResponseReturnValue:
    """Of a sensitive report the sheet has nobody's words: paper goes from hand to hand."""
    with transaction() as session:
        page = read_report_page(session, canonical(reference), Forms())
    if not isinstance(page, ReportPage):
        abort(404)
    return render_template("sheets/report.html", page=page, now=datetime.now(UTC))
