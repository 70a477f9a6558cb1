"""Asking for one page, or sending one form, and what was met."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.app.access.matrix.forms import Form, as_sent_by, filled_in
from tests.app.access.matrix.table import Line
from tests.app.access.matrix.world import World
from tests.house.test_gates import path_of as path_to_nothing

DONE, SAME = "yes", "same"
SIGN_IN = "in"
NOWHERE = "?"
"""Stands for the thing where an address need not lead to anything."""

QUERIES = {
    "beside.keep": "?kind=note",
    "beside.discard": "?kind=note",
    "directory_editing.places": "?area=IN-MH",
    "review.areas": "?country=KE",
}
"""What some addresses say besides."""


def met(world: World, line: Line, form: Form, who: str) -> str:
    """What this person meets there: `yes`, `in` (sign in first), or the status of the refusal."""
    path, person = path_of(world, line), world.people[who]
    if line.method == "GET":
        return said(person.get(path))
    return said(person.post(path, **as_sent_by(world, form, who)))


def said(answer: TestResponse) -> str:
    """The answer as the tables have it."""
    if answer.status_code == 303 and answer.location.startswith("/sign-in"):
        return SIGN_IN
    return DONE if answer.status_code in (200, 301, 303) else str(answer.status_code)


def form_of(world: World, line: Line) -> Form:
    """What its form says before anybody sends it; nothing for a page."""
    return filled_in(world, line.endpoint, path_of(world, line)) if line.method == "POST" else {}


def path_of(world: World, line: Line) -> str:
    rule = rule_of(world.app, line)
    if line.thing == NOWHERE:
        return path_to_nothing(rule)
    thing = world.things[line.thing]
    built = rule.build({name: thing[name] for name in rule.arguments}, append_unknown=False)
    assert built
    return built[1] + QUERIES.get(line.endpoint, "")


def rule_of(app: Flask, line: Line) -> Rule:
    return next(rule for rule in app.url_map.iter_rules(line.endpoint) if line.method in (rule.methods or ()))
