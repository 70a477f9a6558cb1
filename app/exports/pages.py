"""Taking a list out as a file: order it, prove who one is, fetch it; and the log of what was taken out."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    request,
    send_file,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access import gates
from app.access.proof import prove_first
from app.database import transaction
from app.exports import numbers, ordering
from app.exports.models import Export
from app.exports.reading import Numbers, headings, rows_of
from app.exports.writing import csv_of, xlsx_of
from app.inbox import revealing
from app.inbox.acts import Refused
from app.inbox.filters import Filters
from app.inbox.pages import TRIAGE
from app.viewer import current_viewer

bp = Blueprint("exports", __name__, url_prefix="/inbox/exports")
gates.staff(bp, TRIAGE)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
def log() -> ResponseReturnValue:
    with transaction() as session:
        return render_template("exports/log.html", exports=ordering.log(session))


@bp.get("/new")
def new() -> ResponseReturnValue:
    return _form()


@bp.post("")
@prove_first
def order() -> ResponseReturnValue:
    try:
        with transaction() as session:
            filters = ordering.filters_in(session, request.form)
            number = ordering.order(session, filters, _entered())
    except Refused as refused:
        return _form(refused), 422
    return redirect(url_for(".ready", number=number), 303)


@bp.get("/<uuid:number>")
def ready(number: uuid.UUID) -> ResponseReturnValue:
    try:
        return _ready(number)
    except ordering.NoSuchExport:
        return render_template("exports/gone.html"), 404


@bp.get("/<uuid:number>/<name>")
def fetch(number: uuid.UUID, name: str) -> ResponseReturnValue:
    """The file. It is written anew for whoever ordered it, with what they may see at this moment."""
    return _file(number, name, with_contacts=False)


@bp.post("/<uuid:number>/<name>")
@prove_first
def fetch_with_contacts(number: uuid.UUID, name: str) -> ResponseReturnValue:
    """The file with phone numbers, once: it stands in the answer to one form, as a number that is shown does."""
    return _file(number, name, with_contacts=True)


def _file(number: uuid.UUID, name: str, with_contacts: bool) -> ResponseReturnValue:
    try:
        with transaction() as session:
            export, filters = ordering.begin(session, number)
            if name != _name(export.at, export.kind) or export.with_contacts != with_contacts:
                abort(404)
            lines = numbers.write_down(session, export, filters) if with_contacts else {}
    except (ordering.NoSuchExport, numbers.FetchedBefore):
        return render_template("exports/gone.html"), 404
    except Refused as refused:
        return _ready(number, str(refused)), 409
    return _written(export, filters, numbers.opened(lines), name)


def _written(export: Export, filters: Filters, found: Numbers, name: str) -> ResponseReturnValue:
    head, batches = headings(export), rows_of(current_viewer(), export, filters, found)
    if export.kind == "xlsx":
        return send_file(xlsx_of(_("Reports"), head, batches), XLSX, as_attachment=True, download_name=name)
    answer = Response(stream_with_context(csv_of(head, batches)), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _entered() -> ordering.Order:
    form = request.form
    with_words, with_contacts = (form.get(name) == "yes" for name in ("words", "contacts"))
    return ordering.Order(form.get("kind", ""), with_words, with_contacts, form.get("reason", ""))


def _ready(number: uuid.UUID, problem: str | None = None) -> str:
    """The page that leads to the file. Raises NoSuchExport."""
    with transaction() as session:
        export = ordering.ordered(session, number)
        name = _name(export.at, export.kind)
        return render_template("exports/ready.html", export=export, name=name, problem=problem)


def _form(refused: Refused | None = None) -> str:
    with transaction() as session:
        filters = ordering.filters_in(session, request.form if refused else request.args)
        count = ordering.how_many(session, filters)
        left = revealing.left_today(session)
    return render_template(
        "exports/new.html",
        filters=filters,
        count=count,
        left=left,
        entered=_entered() if refused else ordering.Order(),
        problem=refused,
        longest=ordering.LONGEST_REASON,
        here=url_for(".new", **filters.as_query()),
    )


def _name(at: datetime, kind: str) -> str:
    return f"gapline-reports-{at.astimezone(UTC):%Y-%m-%d-%H%M}.{kind}"
