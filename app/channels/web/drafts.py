"""A report that waited on a phone for the network: all fields at once, read as the pages read them one by one."""

from __future__ import annotations

import uuid
from dataclasses import replace

from flask import current_app

from app.channels.web import speaking, steps, wording
from app.channels.web.answers import KEPT_FOR, Answers, Unreadable, begin_draft, unseal
from app.channels.web.reading import NOT_LISTED, Form, Problem, Wrong, read_step
from app.channels.web.showing import World, world_of
from app.directory.catalogue import OTHER, SECTORS
from app.language import SOURCE


def read_draft(form: Form) -> Answers:
    """What was answered before the network went, sealed in `answers`, with what was written without it.

    Raises Unreadable where there is neither that nor the draft's own number; and Wrong, with every problem.
    """
    answers, problems = _begun(form), list[Problem]()
    for step in steps.QUESTIONS:
        world = world_of(answers)
        if step in form and step in steps.asked(answers, world.directory, world.can_text):
            try:
                answers = read_step(step, _as_posted(step, form, answers, world), answers, world.directory)
            except Wrong as wrong:
                problems += wrong.problems
    answers = _passed_over(answers)
    problems = problems or [*_left_open(answers)]
    if problems:
        raise Wrong(*problems)
    return answers


def _passed_over(answers: Answers) -> Answers:
    """What such a page cannot ask, or was not asked, as if it had been passed over."""
    named = {"problem": "", "area": "", "contact": "none"}
    return replace(answers, **{step: value for step, value in named.items() if getattr(answers, step) is None})


def _begun(form: Form) -> Answers:
    vault = current_app.extensions["vault"]
    if form.get("answers"):
        return unseal(form["answers"], vault, KEPT_FOR)
    try:
        number = uuid.UUID(form.get("key", ""))
    except ValueError:
        raise Unreadable from None
    return begin_draft(number, speaking.chosen_language() or SOURCE, vault)


def _as_posted(step: str, form: Form, answers: Answers, world: World) -> Form:
    """The fields as the step's own page posts them.

    A phone that did not know the country offers every sector, and no problems.
    """
    if step == "sector" and answers.country and form["sector"] in _unknown_to(answers.country, world):
        return {**form, "sector": OTHER}
    if step == "problem" and not form["problem"]:
        return {**form, "problem": NOT_LISTED}
    return form


def _unknown_to(country: str, world: World) -> set[str]:
    """The sectors that the form of this country does not offer."""
    return set(SECTORS) - set(steps.sectors(country, world.directory))


def _left_open(answers: Answers) -> tuple[Problem, ...]:
    """The first step that is not answered, if any."""
    world = world_of(answers)
    step = steps.next_step(answers, world.directory, world.can_text)
    return () if step == steps.CHECK else (Problem(step, wording.CHOOSE_ONE),)
