"""The pages of cases: read, call, answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import gates
from app.budgets.wording import KINDS, LEVELS
from app.database import transaction
from app.directory.current import current_directory
from app.followup import acts, evidence, listing, taking_back, wording
from app.followup.case_page import Forms, Problem, read_case_page, read_figures
from app.followup.causes import CAUSES, CONFIDENCES
from app.followup.data_package import package_of
from app.followup.deadlines import today
from app.followup.history import everything
from app.followup.models import Case
from app.followup.opening import LONGEST_STATEMENT, open_case
from app.followup.refusals import NoSuchCase, Refused, Stale
from app.followup.showing import amount
from app.viewer import PARTNER_ROLES

bp = Blueprint("cases", __name__, url_prefix="/cases")
gates.staff(bp, PARTNER_ROLES | {"reviewer"})
bp.add_app_template_filter(lambda code: wording.label(wording.STATES, code), "case_state_name")
bp.add_app_template_filter(amount, "amount")

UseCase = Callable[[Session, int, uuid.UUID], None]
BIGGEST_NUMBER = 2**63 - 1


@bp.get("")
def cases() -> ResponseReturnValue:
    state = listing.read_state(request.args)
    with transaction() as session:
        page = listing.page_of_cases(session, state, request.args.get("before"))
        rows = listing.rows_of(session, page, current_directory())
    return render_template("followup/list.html", rows=rows, older=page.older, state=state, words=wording)


@bp.post("/of-gap/<uuid:gap_id>", endpoint="open_case")
def open_a_case(gap_id: uuid.UUID) -> ResponseReturnValue:
    try:
        with transaction() as session:
            number = open_case(session, gap_id, request.form.get("statement", ""))
    except NoSuchCase:
        abort(404)
    except Refused as refused:
        return _opening_again(gap_id, refused), 422
    return redirect(url_for(".case", number=number), 303)


@bp.get("/<int:number>")
def case(number: int) -> ResponseReturnValue:
    return _case_page(number, Forms(done=request.args.get("done")))


@bp.get("/<int:number>/figures.zip")
def figures(number: int) -> ResponseReturnValue:
    with transaction() as session:
        found = session.get(Case, _storable(number)) or abort(404)
        package = package_of(found, read_figures(session, found))
    response = Response(package, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="gapline-case-{number}.zip"'
    return response


@bp.get("/<int:number>/sheet")
def sheet(number: int) -> ResponseReturnValue:
    """The case on paper."""
    with transaction() as session:
        page = read_case_page(session, _storable(number), Forms())
        entries = everything(session, page.case) if page else ()
    if page is None:
        abort(404)
    choices = {"words": wording, "causes": CAUSES, "confidences": CONFIDENCES}
    return render_template("sheets/case.html", page=page, entries=entries, now=datetime.now(UTC), **choices)


@bp.post("/<int:number>/facts")
def facts(number: int) -> ResponseReturnValue:
    return _act(number, "facts", lambda s, n, form: acts.change_facts(s, n, form, request.form))


@bp.post("/<int:number>/cause")
def cause(number: int) -> ResponseReturnValue:
    return _act(number, "cause", lambda s, n, form: acts.suspect(s, n, form, request.form))


@bp.post("/<int:number>/figure")
def figure(number: int) -> ResponseReturnValue:
    return _act(number, "figure", lambda s, n, form: evidence.add_figure(s, n, form, request.form))


@bp.post("/<int:number>/action")
def action(number: int) -> ResponseReturnValue:
    return _act(number, "action", lambda s, n, form: evidence.act(s, n, form, request.form, _today(s, n)))


@bp.post("/<int:number>/response")
def response(number: int) -> ResponseReturnValue:
    return _act(number, "response", lambda s, n, form: evidence.respond(s, n, form, request.form, _today(s, n)))


@bp.post("/<int:number>/state")
def state(number: int) -> ResponseReturnValue:
    was, to, reason, into = (request.form.get(name, "") for name in ("was", "state", "reason", "into"))
    return _act(number, "state", lambda s, n, form: acts.move(s, n, form, was, to, reason, into))


@bp.post("/<int:number>/take-back")
def take_back(number: int) -> ResponseReturnValue:
    chosen, reason = (request.form.get(name, "") for name in ("finding", "wrong_because"))
    return _act(number, "take_back", lambda s, n, form: taking_back.take_back(s, n, form, chosen, reason))


@bp.post("/<int:number>/note")
def note(number: int) -> ResponseReturnValue:
    text = request.form.get("note", "")
    return _act(number, "note", lambda s, n, form: acts.add_note(s, n, form, text))


def _act(number: int, done: str, use_case: UseCase) -> ResponseReturnValue:
    """Run one act in one transaction, then show the case again: afresh, or with what was wrong."""
    try:
        with transaction() as session:
            use_case(session, _storable(number), _form_number())
    except NoSuchCase:
        abort(404)
    except Refused as refused:
        forms = Forms(Problem(refused.field, str(refused)), request.form.to_dict())
        return _case_page(number, forms), 409 if isinstance(refused, Stale) else 422
    return redirect(url_for(".case", number=number, done=done), 303)


def _case_page(number: int, forms: Forms) -> str:
    with transaction() as session:
        page = read_case_page(session, _storable(number), forms, request.args.get("before"))
    if page is None:
        abort(404)
    choices = {"words": wording, "causes": CAUSES, "confidences": CONFIDENCES}
    choices |= {"window_kinds": KINDS, "levels": LEVELS}
    return render_template("followup/case.html", page=page, here=url_for(".case", number=number), **choices)


def _opening_again(gap_id: uuid.UUID, refused: Refused) -> str:
    problem, entered = Problem(refused.field, str(refused)), request.form.get("statement", "")
    return render_template(
        "followup/open.html", gap_id=gap_id, problem=problem, entered=entered, most=LONGEST_STATEMENT, here=""
    )


def _today(session: Session, number: int) -> date:
    """The day where the case is. Raises NoSuchCase."""
    found = session.get(Case, number)
    if found is None:
        raise NoSuchCase(number)
    return today(found.country)


def _storable(number: int) -> int:
    """A number that PostgreSQL can hold; others lead nowhere."""
    return number if number <= BIGGEST_NUMBER else abort(404)


def _form_number() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("form", ""))
    except ValueError:
        abort(400)
