"""Taking back what was written down wrongly. It stays to be read, with the reason, and counts no more.

The case stays where it stands: the next move looks at what is left.
"""

from __future__ import annotations

import uuid
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.followup.models import Action, Case, Figure, Finding, Hypothesis, Response
from app.followup.reading import LONGEST_LINE, read_words
from app.followup.refusals import Refused
from app.followup.timeline import is_done, lock, record

PARTS: dict[str, type[Finding]] = {"figure": Figure, "cause": Hypothesis, "action": Action, "response": Response}
LONGEST_NUMBER = 19


def take_back(session: Session, number: int, form: uuid.UUID, chosen: str, reason: str) -> None:
    """Take back one finding of the case, `chosen` as `code_of` spells it. Raises NoSuchCase, Refused."""
    case = lock(session, number)
    if is_done(session, case, form):
        return
    found = _chosen(session, case, chosen)
    found.taken_back = read_words("wrong_because", reason, LONGEST_LINE, needed=True)
    session.flush()
    if isinstance(found, Action):
        found.state = "withdrawn"
    if isinstance(found, Response) and found.action_id is not None:
        _answered_by_what_is_left(session, session.get_one(Action, found.action_id))
    record(session, case, "taken_back", part=chosen.partition("-")[0], reason=found.taken_back, form=str(form))


def code_of(finding: Finding) -> str:
    """How forms name it: figure-12."""
    name = next(name for name, model in PARTS.items() if isinstance(finding, model))
    return f"{name}-{finding.id}"


def _chosen(session: Session, case: Case, code: str) -> Finding:
    name, _dash, number = code.partition("-")
    model: Any = PARTS.get(name)
    is_number = number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER
    if model is None or not is_number:
        raise Refused("finding", _("Choose one of these."))
    mine = select(model).where(model.case_id == case.id, model.id == int(number), model.taken_back == "")
    found = session.scalars(mine).one_or_none()
    if found is None:
        raise Refused("finding", _("Choose one of these."))
    return found


def _answered_by_what_is_left(session: Session, action: Action) -> None:
    """The action is as its newest standing answer left it; without any it waits again, or was found unanswered."""
    if action.taken_back:
        return
    left = select(Response.kind).where(Response.action_id == action.id, Response.taken_back == "")
    kind = session.scalars(left.order_by(Response.id.desc()).limit(1)).one_or_none()
    unanswered = "no_response" if action.lapsed_on else "open"
    action.state, action.outcome = ("answered", kind) if kind else (unanswered, "")
