"""The pages of gaps: read, answer."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.access import gates
from app.database import transaction
from app.directory.current import current_directory
from app.gaps import listing
from app.gaps.gap_page import read_gap_page
from app.viewer import PARTNER_ROLES, current_viewer

bp = Blueprint("gaps", __name__, url_prefix="/gaps")
gates.staff(bp, PARTNER_ROLES)


@bp.get("")
def gaps() -> ResponseReturnValue:
    with transaction() as session:
        directory = current_directory()
        choices = listing.choices_for(current_viewer(), directory)
        filters = listing.read_filters(request.args, choices)
        page = listing.page_of_gaps(session, filters, request.args.get("before"))
    rows = listing.rows_of(page, directory)
    return render_template("gaps/list.html", rows=rows, older=page.older, choices=choices, filters=filters)


@bp.get("/<uuid:gap_id>")
def gap(gap_id: uuid.UUID) -> ResponseReturnValue:
    with transaction() as session:
        page = read_gap_page(session, gap_id, request.args.get("before"))
    if page is None:
        abort(404)
    return render_template("gaps/gap.html", page=page)
