"""The pages of macros: leads make them, everybody at the partner or desk runs them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.database import transaction
from app.directory.catalogue import LANGUAGES
from app.directory.current import current_directory
from app.inbox import acts, steps
from app.inbox.acting import act
from app.inbox.acts import Refused
from app.inbox.bulk.fields import Fields, fields_for
from app.inbox.choices import entry_points_of
from app.inbox.macros import running
from app.inbox.pages import TRIAGE
from app.inbox.report_page import Problem
from app.inbox.steps import Steps, from_json
from app.viewer import current_viewer

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
        languages = _languages(fields.entered)
    shown = {"fields": fields, "name": name, "number": number, "problem": problem, "spoken": languages}
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
    replies = {f"reply-{language}": text for language, text in stored.replies.items()}
    return {**named, **tags, **replies, "to": stored.assign}


def _languages(entered: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the countries in which the viewer works, and others in which the macro replies already."""
    viewer, directory = current_viewer(), current_directory()
    countries = [viewer.country] if viewer.country else [one.country for one in entry_points_of(viewer, directory)]
    spoken = (language for code in countries for language in directory.country(code).languages)
    written = (name.removeprefix("reply-") for name in entered if name.startswith("reply-"))
    return tuple(dict.fromkeys((*spoken, *(one for one in written if one in LANGUAGES))))


def _only_makers() -> None:
    if not running.may_make():
        abort(403)
