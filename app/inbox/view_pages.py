"""The forms of the list itself: saved views, and marking everything as read."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import gates
from app.database import transaction
from app.directory.current import current_directory
from app.inbox import looking, views
from app.inbox.acts import Refused
from app.inbox.choices import choices_for
from app.inbox.filters import Filters, read_filters
from app.inbox.pages import TRIAGE
from app.inbox.surroundings import read_surroundings
from app.viewer import current_viewer

bp = Blueprint("views", __name__, url_prefix="/inbox/views")
gates.staff(bp, TRIAGE)


@bp.get("")
def manage() -> ResponseReturnValue:
    return _page()


@bp.post("")
def save() -> ResponseReturnValue:
    """The form says the filters as an address does, beside the view's name."""
    name, shared = request.form.get("name", ""), request.form.get("shared") == "yes"
    try:
        with transaction() as session:
            filters = _filters(session)
            views.save_view(session, name, filters, shared)
    except Refused as refused:
        return _page(str(refused)), 422
    return redirect(url_for("inbox.reports", **filters.as_query()), 303)


@bp.post("/<int:number>/delete")
def delete(number: int) -> ResponseReturnValue:
    return _do(lambda session: views.delete_view(session, number))


@bp.post("/<int:number>/up")
def up(number: int) -> ResponseReturnValue:
    return _do(lambda session: views.move_up(session, number))


@bp.post("/<int:number>/open")
def open_with(number: int) -> ResponseReturnValue:
    """0 is none: then the inbox opens with what is open."""
    return _do(lambda session: views.open_with(session, number or None))


@bp.post("/read")
def read_everything() -> ResponseReturnValue:
    with transaction() as session:
        looking.read_everything(session)
    return redirect(url_for("inbox.reports", tab=request.form.get("tab", "open")), 303)


def _do(act: Callable[[Session], None]) -> ResponseReturnValue:
    try:
        with transaction() as session:
            act(session)
    except views.NoSuchView:
        abort(404)
    return redirect(url_for(".manage"), 303)


def _filters(session: Session) -> Filters:
    around = read_surroundings(session)
    choices = choices_for(current_viewer(), current_directory(), around.colleagues, around.tags)
    return read_filters(request.form, choices)


def _page(problem: str | None = None) -> str:
    with transaction() as session:
        around, filters = read_surroundings(session), _filters(session) if problem else None
    entered = request.form.get("name", "")
    return render_template(
        "inbox/views.html",
        views=around.views,
        problem=problem,
        entered=entered,
        filters=filters,
        longest=views.LONGEST_NAME,
    )
