"""The pages of bulk acts: what is to be done to these reports, how far it is, and undoing it."""

from __future__ import annotations

import uuid
from urllib.parse import parse_qs

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.access import gates
from app.database import transaction
from app.directory.current import current_directory
from app.inbox import steps
from app.inbox.acting import form_number
from app.inbox.acts import Refused
from app.inbox.bulk import asking, running, undoing
from app.inbox.bulk.asking import Chosen
from app.inbox.bulk.fields import fields_for
from app.inbox.bulk.progress import progress_of
from app.inbox.choices import choices_for, timezone_of
from app.inbox.filters import Query, read_filters
from app.inbox.macros.running import macros
from app.inbox.pages import TRIAGE
from app.inbox.report_page import Problem
from app.inbox.steps import Steps
from app.inbox.surroundings import Surroundings, read_surroundings
from app.viewer import current_viewer

MOST_SHOWN = 5
"""Of one's latest bulk acts."""

bp = Blueprint("bulk", __name__, url_prefix="/inbox/bulk")
gates.staff(bp, TRIAGE)


@bp.get("")
def choose() -> ResponseReturnValue:
    """The form for the reports that were ticked, or for all that the list's filters leave."""
    return _form(request.args, None)


@bp.post("")
def ask() -> ResponseReturnValue:
    number = form_number()
    try:
        with transaction() as session:
            chosen = _chosen(_of_the_list(), read_surroundings(session))
            asking.ask(session, number, chosen, _steps(session))
    except Refused as refused:
        return _form(_of_the_list(), Problem(refused.field, str(refused))), 422
    except IntegrityError:  # the same form, sent twice at the same moment: the other one counts
        pass
    return redirect(url_for("bulk.progress", bulk=number), 303)


@bp.get("/<uuid:bulk>")
def progress(bulk: uuid.UUID) -> ResponseReturnValue:
    return _progress(bulk, None)


@bp.post("/<uuid:bulk>/undo")
def undo(bulk: uuid.UUID) -> ResponseReturnValue:
    try:
        with transaction() as session:
            undoing.ask_undo(session, bulk)
    except LookupError:
        abort(404)
    except Refused as refused:
        return _progress(bulk, str(refused)), 409
    return redirect(url_for("bulk.progress", bulk=bulk), 303)


def _progress(bulk: uuid.UUID, problem: str | None) -> str:
    with transaction() as session:
        found = progress_of(session, bulk)
        timezone = timezone_of(current_viewer(), current_directory())
    if found is None:
        abort(404)
    return render_template("inbox/bulk_progress.html", progress=found, problem=problem, timezone=timezone)


def _form(given: MultiDict[str, str], problem: Problem | None) -> ResponseReturnValue:
    with transaction() as session:
        around = read_surroundings(session)
        chosen = _chosen(given, around)
        number, too_many = _count(session, chosen)
        fields = fields_for(session, request.form)
        offered = macros(session)
        latest = running.asked_by_oneself(session, MOST_SHOWN)
    return render_template(
        "inbox/bulk.html",
        chosen=chosen,
        number=number,
        problem=problem or too_many,
        entered=request.form,
        form=str(uuid.uuid4()),
        latest=latest,
        fields=fields,
        macros=offered,
    )


def _steps(session: Session) -> Steps:
    """What is to be done: a macro's steps, or those of the form. Raises Refused."""
    macro = request.form.get("macro", "")
    if not macro:
        return steps.read_steps(session, request.form)
    found = next((one for one in macros(session) if str(one.id) == macro), None)
    if found is None:
        raise Refused("macro", _("Choose a macro."))
    return steps.from_json(found.steps)


def _count(session: Session, chosen: Chosen) -> tuple[int, Problem | None]:
    try:
        return len(asking.reports_of(session, chosen)), None
    except Refused as refused:
        return 0, Problem(refused.field, str(refused))


def _chosen(given: MultiDict[str, str], around: Surroundings) -> Chosen:
    if given.get("scope") != "all":
        return Chosen(asking.read_references(given.getlist("chosen")))
    choices = choices_for(current_viewer(), current_directory(), around.colleagues, around.tags)
    return Chosen(filters=read_filters(given, choices))


def _of_the_list() -> MultiDict[str, str]:
    """Which reports the form is about: its fields of the same names mean what is to be done, so the list's own
    filters travel as one query string."""
    if request.form.get("scope") != "all":
        return MultiDict([("chosen", one) for one in request.form.getlist("chosen")])
    filters: Query = parse_qs(request.form.get("filters", "")[:4000])
    return MultiDict({**filters, "scope": "all"})
