"""The pages of reporting. Each is a plain POST that carries all answers along; nothing is stored until the last.

The gate is public: these pages read only the directory. Filing acts as intake, for its one transaction.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from app.access import gates
from app.channels.web import brakes, photo_field, showing, speaking, steps
from app.channels.web.answers import Answers, Unreadable, begin, unseal
from app.channels.web.filing import file_answers
from app.channels.web.reading import Wrong, in_country, in_sector, read_step
from app.channels.web.showing import Refused, question_page, world_of
from sms.text import clean

bp = Blueprint("report", __name__, url_prefix="/report")
gates.public(bp)


@bp.get("")
def start() -> ResponseReturnValue:
    """The first page; `?country=KE&sector=health` is answered already where a poster or another page leads here."""
    chosen = speaking.chosen_language()
    answers = begin(chosen or speaking.browser_language(), chosen is not None)
    directory, code = world_of(answers).directory, request.args.get("country", "").upper()
    if code in {country.code for country in directory.countries}:
        answers = in_sector(in_country(answers, code, directory), request.args.get("sector", ""), directory)
    return _next_page(answers)


@bp.get("/<path:_anywhere>")
def from_the_start(_anywhere: str) -> ResponseReturnValue:
    """An address that was typed or kept: the answers are not in it."""
    return redirect(url_for(".start"), 303)


@bp.post(f"/<any({', '.join(steps.QUESTIONS)}):step>")
def answer(step: str) -> ResponseReturnValue:
    answers = _carried()
    world = world_of(answers)
    if step not in steps.reached(answers, world.directory, world.can_text):
        return _next_page(answers)
    try:
        answers = read_step(step, request.form, answers, world.directory)
    except Wrong as wrong:
        entered = {name: clean(value) for name, value in request.form.items()}
        return question_page(step, answers, world, Refused(entered, wrong.problems))
    return _next_page(answers)


@bp.post("/go")
def go() -> ResponseReturnValue:
    """Back to a page that was answered, or the same page in another language."""
    answers, step = _carried(), request.form.get("step", "")
    chosen = speaking.chosen_language()
    if chosen:
        answers = replace(answers, language=chosen, language_is_chosen=True)
    world = world_of(answers)
    if step in steps.reached(answers, world.directory, world.can_text):
        return question_page(step, answers, world)
    return _next_page(answers)


@bp.post("/send")
def send() -> ResponseReturnValue:
    request.max_content_length = photo_field.MOST_POSTED
    answers = _carried()
    world = world_of(answers)
    if steps.next_step(answers, world.directory, world.can_text) != steps.CHECK:
        return _next_page(answers)
    files = request.files.getlist(photo_field.FIELD)
    try:
        photos = photo_field.read_photos(files, request.remote_addr)
        filed = file_answers(answers, photos, request.remote_addr)
    except Wrong as wrong:
        return question_page(steps.CHECK, answers, world, Refused({}, wrong.problems))
    except brakes.TooMany:
        return showing.too_many_page(answers, world, with_photos=photo_field.has_photos(files))
    return showing.done_page(filed, answers, world)


@bp.errorhandler(Unreadable)
def start_again(_error: Unreadable) -> ResponseReturnValue:
    return showing.start_again_page(speaking.chosen_language() or speaking.browser_language())


@bp.errorhandler(RequestEntityTooLarge)
def too_big(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """The answers and their language came with the photos, unread: the browser's way back leads to them."""
    return showing.too_big_page(speaking.browser_language())


def _carried() -> Answers:
    """The answers that came with this form. Raises Unreadable."""
    return unseal(request.form.get("answers", ""), current_app.extensions["vault"])


def _next_page(answers: Answers) -> Response:
    world = world_of(answers)
    return question_page(steps.next_step(answers, world.directory, world.can_text), answers, world)
