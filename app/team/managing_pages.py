"""What leads and administrators do on the page of a team. Who is not theirs to manage is not found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.access.people import signed_in_person
from app.access.proof import prove_first
from app.directory.current import current_directory
from app.team import managing
from app.team.rules import NotYours

bp = Blueprint("team_managing", __name__)
gates.staff(bp, frozenset({"partner_lead", "administrator"}))


def act(view: Callable[[int], str]) -> Callable[..., ResponseReturnValue]:
    """Back to the team, which says what is `done`; 404 for who is not theirs, 400 for a form that says nothing."""

    @wraps(view)
    def acted(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        try:
            done = view(*args, **kwargs)
        except NotYours:
            abort(404)
        except ValueError:
            abort(400)
        return redirect(url_for("team.members_list", done=done), 303)

    return acted


@bp.post("/team/<int:account>/role")
@act
def role(account: int) -> str:
    managing.set_role(signed_in_person().viewer, account, _partner(), request.form.get("role", ""))
    return "changed"


@bp.post("/team/<int:account>/entry-points")
@act
def entry_points(account: int) -> str:
    chosen, today = request.form.getlist("entry_point"), datetime.now(UTC).date()
    managing.confine(signed_in_person().viewer, account, _partner(), chosen, current_directory(), today)
    return "changed"


@bp.post("/team/<int:account>/disable")
@act
def disable(account: int) -> str:
    managing.disable(signed_in_person().viewer, account, _partner(), request.form.get("reason", ""))
    return "disabled"


@bp.post("/team/<int:account>/enable")
@act
def enable(account: int) -> str:
    managing.enable(signed_in_person().viewer, account, _partner())
    return "enabled"


@bp.post("/team/<int:account>/remove")
@act
def remove(account: int) -> str:
    managing.remove(signed_in_person().viewer, account, _partner())
    return "removed"


@bp.post("/team/<int:account>/take-off-factor")
@prove_first
@act
def take_off_factor(account: int) -> str:
    managing.take_off_factor(signed_in_person().viewer, account, _partner(), request.form.get("reason", ""))
    return "factor"


def _partner() -> str | None:
    """In which team it is: what an administrator's form says; leads act in their own."""
    return request.form.get("partner") or None
