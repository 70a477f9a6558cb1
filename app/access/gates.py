"""Gates: every blueprint has exactly one, and it says on whose behalf each of its requests runs.

Without a gate there is no viewer, and without a viewer no statement runs: a forgotten gate refuses, it never opens.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access.people import Person, person_signed_in
from app.access.sessions import presented_token
from app.viewer import INTAKE, PUBLIC, Viewer, acting_as

Entry = Callable[[], ResponseReturnValue | None]


class TwoGates(RuntimeError):
    """A blueprint was given a second gate."""


@dataclass(frozen=True)
class Gate:
    """A before-request function that can be recognised, so that a test can count the gates of every blueprint."""

    name: str
    enter: Entry
    roles: frozenset[str] = frozenset()

    def __call__(self) -> ResponseReturnValue | None:
        g.gate = self.name
        return self.enter()


def public(blueprint: Blueprint) -> None:
    """Open to everybody, on purpose: the viewer is PUBLIC."""
    _shut(blueprint, Gate("public", lambda: act_as(PUBLIC)))


def provider(blueprint: Blueprint) -> None:
    """For the providers' callbacks, which prove themselves by signature or secret path: the viewer is INTAKE."""
    _shut(blueprint, Gate("provider", lambda: act_as(INTAKE)))


def program(blueprint: Blueprint, enter: Entry) -> None:
    """For partners' programs: `enter` looks at their token, and lets them in with `act_as` or answers itself."""
    _shut(blueprint, Gate("program", enter))


def staff(blueprint: Blueprint, roles: frozenset[str], before_enrolling: bool = False) -> None:
    """For signed-in people with one of these roles; others get 403, and strangers the sign-in page.

    In production somebody without a second factor is led to set one up, on the pages open `before_enrolling`.
    """
    _shut(blueprint, Gate("staff", lambda: _admit(roles, before_enrolling), roles))


def gates_of(app: Flask, blueprint: str) -> tuple[Gate, ...]:
    """The gates that guard this blueprint, by its registered name."""
    return tuple(f for f in app.before_request_funcs.get(blueprint, ()) if isinstance(f, Gate))


def _shut(blueprint: Blueprint, gate: Gate) -> None:
    if any(isinstance(f, Gate) for f in blueprint.before_request_funcs.get(None, ())):
        raise TwoGates(blueprint.name)
    blueprint.before_request(gate)
    blueprint.teardown_request(_leave)


def _admit(roles: frozenset[str], before_enrolling: bool) -> ResponseReturnValue | None:
    person = person_signed_in(presented_token())
    if person is None:
        return redirect(url_for("access.sign_in", next=_wanted()), 303)
    _remember(person)
    if person.viewer.kind not in roles:
        abort(403)
    if not (person.has_factor or before_enrolling or current_app.extensions["settings"].is_demo):
        return redirect(url_for("own_factor.factor_page"), 303)
    return None


def _wanted() -> str | None:
    """Where to go on to after sign-in; a form that was refused is not sent again by itself."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _remember(person: Person) -> None:
    g.person = person
    act_as(person.viewer)


def act_as(viewer: Viewer) -> None:
    """Have the rest of this request run as this viewer. For gates alone."""
    g.on_leaving = ExitStack()
    g.on_leaving.enter_context(acting_as(viewer))


def _leave(_error: BaseException | None) -> None:
    """The server uses its threads again: the next request must not find this one's viewer."""
    on_leaving = g.pop("on_leaving", None)
    if on_leaving is not None:
        on_leaving.close()
