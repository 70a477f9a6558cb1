"""The pages of macros: leads make them, everybody at the partner or desk runs them."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.database import transaction
from app.inbox import acts, steps
from app.inbox.acting import act
from app.inbox.acts import Refused
from app.inbox.bulk.fields import Fields, fields_for
from app.inbox.macros import running
from app.inbox.pages import TRIAGE
from app.inbox.report_page import Problem
from app.inbox.steps import Steps, from_json

bp = Blueprint("macros", __name__, url_prefix="/inbox")
gates.staff(bp, TRIAGE)


@bp.post("/<reference>/macro")
def run(reference: str) -> ResponseReturnValue:
    number = request.form.get("macro", "")
    return act(reference, "macro", lambda s, r, form: running.run(s, r, form, number))


@bp.get("/macros")
def overview() -> ResponseReturnValue:
    with transaction() as session:
        found = [(macro, from_json(macro.steps)) for macro in running.macros(session)]
    return render_template(
        "inbox/macros.html", macros=found, may_make=running.may_make(), done=request.args.get("done")
    )


@bp.get("/macros/new")
def new() -> ResponseReturnValue:
    return _form(None, Steps(), "", None)


@bp.get("/macros/<int:number>")
def edit(number: int) -> ResponseReturnValue:
    with transaction() as session:
        try:
            macro = running.named(session, number)
        except LookupError:
            abort(404)
    return _form(number, from_json(macro.steps), macro.name, None)


@bp.post("/macros/new")
def make() -> ResponseReturnValue:
    return _write(None)


@bp.post("/macros/<int:number>")
def change(number: int) -> ResponseReturnValue:
    return _write(number)


@bp.post("/macros/<int:number>/delete")
def delete(number: int) -> ResponseReturnValue:
    _only_makers()
    try:
        with transaction() as session:
            running.delete(session, number)
    except LookupError:
        abort(404)
    return redirect(url_for("macros.overview", done="deleted"), 303)


def _write(number: int | None) -> ResponseReturnValue:
    _only_makers()
    name = request.form.get("name", "")
    try:
        with transaction() as session:
            running.write(session, number, name, steps.read_steps(session, request.form))
    except LookupError:
        abort(404)
    except Refused as refused:
        return _form(number, Steps(), name, Problem(refused.field, str(refused))), 422
    return redirect(url_for("macros.overview", done="kept"), 303)


def _form(number: int | None, stored: Steps, name: str, problem: Problem | None) -> str:
    _only_makers()
    with transaction() as session:
        fields: Fields = fields_for(session, request.form if problem else as_form(stored))
    shown = {"fields": fields, "name": name, "number": number, "problem": problem}
    return render_template(
        "inbox/macro.html", **shown, longest_reply=acts.LONGEST_REPLY, longest_name=running.LONGEST_NAME
    )


def as_form(stored: Steps) -> dict[str, str]:
    """What the fields of the form hold for these steps."""
    given = stored.as_json()
    tags = {"new_tags": ", ".join(stored.add), "old_tags": ", ".join(stored.remove)}
    named = {
        name: str(given[name])
        for name in ("status", "reason", "priority", "snooze", "note", "reply")
        if name in given
    }
    return {**named, **tags, "to": stored.assign}


def _only_makers() -> None:
    if not running.may_make():
        abort(403)
