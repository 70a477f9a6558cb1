"""Making macros, and running one on one report: all of it, or nothing and why."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inbox import acts, steps
from app.inbox.acts import Refused, is_done, lock
from app.inbox.macros.models import MAKERS, Macro
from app.inbox.models import place_of
from app.inbox.steps import Steps, from_json
from app.viewer import current_viewer

LONGEST_NAME = 60
MOST = 50
"""Macros of one place: a list that is looked through."""


def macros(session: Session) -> Sequence[Macro]:
    """Those of the viewer's partner or desk, by name."""
    return session.scalars(select(Macro).order_by(Macro.name, Macro.id)).all()


def may_make() -> bool:
    return current_viewer().kind in MAKERS


def write(session: Session, number: int | None, name: str, wanted: Steps) -> None:
    """Make a macro, or change the one with this number. Raises LookupError, Refused."""
    name = acts.words("name", name, LONGEST_NAME)
    if not name:
        raise Refused("name", _("Give it a name."))
    others = [one for one in macros(session) if one.id != number]
    if any(one.name.casefold() == name.casefold() for one in others):
        raise Refused("name", _("There is one with this name."))
    if len(others) >= MOST:
        raise Refused("name", _("There are too many. Delete one first."))
    macro = Macro(place=place_of(current_viewer())) if number is None else named(session, number)
    macro.name, macro.steps, macro.account_id = name, wanted.as_json(), current_viewer().account_id
    session.add(macro)


def named(session: Session, number: int) -> Macro:
    """Raises LookupError for one that is not of the viewer's place."""
    found = session.get(Macro, number)
    if found is None:
        raise LookupError(number)
    return found


def delete(session: Session, number: int) -> None:
    """Raises LookupError."""
    session.delete(named(session, number))


def run(session: Session, reference: str, form: uuid.UUID, number: str) -> None:
    """Do all that this macro says to one report, and tell the person. Raises NoSuchReport, Refused."""
    report = lock(session, reference)
    if is_done(session, report, form):
        return
    macro = session.get(Macro, int(number)) if number.isdecimal() and len(number) < 18 else None
    if macro is None:
        raise Refused("macro", _("Choose a macro."))
    wanted, how = from_json(macro.steps), {"form": str(form), "macro": macro.name}
    try:
        colleague = steps.colleague_of(session, wanted, report)
        steps.check(report, wanted)
    except Refused as refused:
        raise Refused("macro", _("Nothing was done: %(why)s", why=str(refused))) from None
    change = steps.carry_out(session, report, wanted, colleague, **how)
    if change is not None:
        acts.tell_of(session, report, change)
    if reply := steps.reply_to(report, wanted):
        acts.give_answer(session, report, reply, **how)
