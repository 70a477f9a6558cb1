"""The pages of tracking: reference and secret open one report. GETs change nothing; each POST carries the pass.

The gate is public; whoever holds the secret acts through the use cases of `tracking`, on that one report.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.channels.web import brakes, passes, speaking, tracking
from app.channels.web import track_wording as words
from app.channels.web.origin import refuse_other_sites
from app.channels.web.passes import Pass
from app.channels.web.reading import LONGEST_WORDS, Problem, Wrong, too_long
from app.channels.web.track_showing import (
    confirm_page,
    open_page,
    report_page,
    too_many_messages_page,
    too_many_tries_page,
)
from app.reports.reference import WrongReference, read_reference
from sms.text import clean

bp = Blueprint("track", __name__, url_prefix="/track")
gates.public(bp)
refuse_other_sites(bp)

LONGEST_FIELD = 80
"""Characters of a reference or secret, with whatever people put between them."""


@bp.get("")
def look() -> ResponseReturnValue:
    """The report, for a browser that keeps its pass; else the two fields that open one."""
    granted = passes.from_cookie()
    response = _report(granted, request.args.get("done")) if granted else open_page(_language())
    if granted is None:
        passes.remember(response, None)
    return response


@bp.post("")
def open_now() -> ResponseReturnValue:
    try:
        reference = _reference()
        report_id = tracking.open_report(reference, request.form.get("secret", "")[:LONGEST_FIELD], _network())
    except Wrong as wrong:
        return open_page(_language(), wrong.problems, 422)
    except tracking.WrongSecret:
        return open_page(_language(), (Problem("reference", words.NO_MATCH),), 422)
    except brakes.TooMany:
        return too_many_tries_page(_language())
    tracking.read_answers(report_id)
    return _go_on(passes.issue(report_id))


@bp.post("/read")
def read() -> ResponseReturnValue:
    """Show the answers that have come since the report was opened."""
    return _act(tracking.read_answers)


@bp.post("/write")
def write() -> ResponseReturnValue:
    text = clean(request.form.get("words", "")).strip()
    problem = None if text else Problem("words", words.WRITE_SOMETHING)
    if len(text) > LONGEST_WORDS:
        problem = too_long("words", text, LONGEST_WORDS)
    if problem:
        granted = passes.from_form()
        return _report(granted, None, problem) if granted else _time_is_up()
    form = _form_number()
    return _act(lambda report_id: tracking.write_more(report_id, form, text), "written")


@bp.post("/delete")
def delete() -> ResponseReturnValue:
    """Ask first; then take the words back."""
    granted = passes.from_form()
    if granted and request.form.get("sure") != "yes":
        return confirm_page(_language(), granted, tracking.look(granted.report_id) or abort(404))
    return _act(tracking.take_back, "deleted")


@bp.post("/leave")
def leave() -> ResponseReturnValue:
    """Close the report on this device."""
    response = redirect(url_for(".look", language=_language(), done="left"), 303)
    passes.forget(response)
    return response


def _act(use_case: Callable[[uuid.UUID], None], done: str | None = None) -> ResponseReturnValue:
    granted = passes.from_form()
    if granted is None:
        return _time_is_up()
    try:
        use_case(granted.report_id)
    except brakes.TooMany:
        return too_many_messages_page(_language(), granted)
    return _go_on(granted, done)


def _go_on(granted: Pass, done: str | None = None) -> Response:
    """The report by a GET, so that it can be loaded again; at once, where the browser keeps no cookie for that."""
    if not passes.keeps_cookies():
        return _report(granted, done)
    response = redirect(url_for(".look", language=_language(), done=done), 303)
    passes.remember(response, granted)
    return response


def _report(granted: Pass, done: str | None, problem: Problem | None = None) -> Response:
    tracked = tracking.look(granted.report_id)
    if tracked is None:
        abort(404)
    return report_page(_language(), granted, tracked, done, problem)


def _time_is_up() -> Response:
    response = open_page(_language(), (Problem("reference", words.TIME_IS_UP),), 403)
    passes.remember(response, None)
    return response


def _reference() -> str:
    """The reference that was given, and a secret beside it. Raises Wrong."""
    given, secret = (clean(request.form.get(name, "")).strip()[:LONGEST_FIELD] for name in ("reference", "secret"))
    problems = [] if secret else [Problem("secret", words.NO_SECRET)]
    try:
        found = read_reference(given)
    except WrongReference:
        raise Wrong(Problem("reference", words.WRONG_CHARACTER), *problems) from None
    if found is None:
        problems.insert(0, Problem("reference", words.NOT_A_REFERENCE if given else words.NO_REFERENCE))
    if found is None or problems:
        raise Wrong(*problems)
    return str(found)


def _form_number() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("form", ""))
    except ValueError:
        abort(400)


def _language() -> str:
    return speaking.chosen_language() or speaking.browser_language()


def _network() -> str | None:
    return request.remote_addr
