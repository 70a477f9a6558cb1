"""The number of a person, shown once to somebody who works on their report, and the list of those shown.

The number stands in the answer to one form and nowhere else: in no address, no log, no timeline. Who loads that
page again finds the report.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.access import gates
from app.access.people import own_id
from app.access.proof import prove_first
from app.database import transaction
from app.gaps.paging import Key, page_of
from app.inbox import acts, revealing
from app.inbox.acting import canonical, form_number, show_report
from app.inbox.pages import TRIAGE
from app.inbox.report_page import Forms, Problem
from app.reports.reveals import ContactReveal, open_number

OVERSEE = frozenset({"partner_lead", "desk", "administrator"})
NEWEST = Key(ContactReveal.at, ContactReveal.id, int)

bp = Blueprint("reveals", __name__, url_prefix="/inbox/<reference>/number")
gates.staff(bp, TRIAGE)

list_bp = Blueprint("numbers_shown", __name__, url_prefix="/numbers-shown")
gates.staff(list_bp, OVERSEE)


@bp.post("")
@prove_first
def reveal(reference: str) -> ResponseReturnValue:
    reference = canonical(reference)
    why, words = (request.form.get(name, "") for name in ("why", "reveal_reason"))
    try:
        with transaction() as session:
            line = revealing.write_down(session, reference, form_number(), why, words)
            number_of_line, left = line.id, revealing.left_today(session)
    except acts.NoSuchReport:
        abort(404)
    except revealing.ShownBefore:
        return redirect(url_for("inbox.report", reference=reference), 303)
    except acts.Refused as refused:
        forms = Forms(Problem(refused.field, str(refused)), request.form.to_dict())
        return show_report(reference, forms), 422
    return _show(reference, open_number(number_of_line, own_id()), left)


@list_bp.get("")
def log() -> ResponseReturnValue:
    with transaction() as session:
        page = page_of(session, select(ContactReveal), NEWEST, request.args.get("before"))
    return render_template("inbox/numbers_shown.html", page=page, reasons=revealing.SAID_WHY)


def _show(reference: str, number: str | None, left: int) -> Response:
    page = render_template("inbox/number.html", reference=reference, number=number, left=left)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store, private"
    return response
