"""Who works on a report: somebody takes it, or it is given to a colleague. The timeline tells of each change."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.absence import stand_in
from app.access.models import Account
from app.inbox.acts import Refused, is_done, lock
from app.reports.models import Report
from app.reports.timeline import record
from app.viewer import current_viewer

NOBODY = ""
"""What the form says for a report that is put back."""


@dataclass(frozen=True)
class Colleague:
    """Somebody to whom the viewer may give a report: `key` is what the form says for them."""

    key: str
    name: str
    is_oneself: bool


def colleagues(session: Session) -> tuple[Colleague, ...]:
    """The viewer first, then those at the same partner or desk by name."""
    return in_order(session.execute(select(Account.id, Account.name).where(Account.disabled_at.is_(None))))


def in_order(people: Iterable[tuple[int, str]]) -> tuple[Colleague, ...]:
    """These accounts and names as colleagues: the viewer first, the others by name."""
    me = current_viewer().account_id
    found = [Colleague(str(number), name, number == me) for number, name in people]
    return tuple(sorted(found, key=lambda one: (not one.is_oneself, one.name.casefold())))


def assign(session: Session, reference: str, form: uuid.UUID, to: str) -> None:
    """Give the report to this colleague, or with NOBODY put it back. Raises NoSuchReport, Refused."""
    report = lock(session, reference)
    if is_done(session, report, form):
        return
    if to != str(report.assigned_to or NOBODY):
        give(session, report, chosen_colleague(session, to), form=str(form))


def _present(session: Session, chosen: Colleague) -> Colleague:
    """Who stands in for this colleague today: they themselves unless they are away."""
    standing_in = str(stand_in(session, int(chosen.key), datetime.now(UTC).date()))
    return next((one for one in colleagues(session) if one.key == standing_in), chosen)


def give(session: Session, report: Report, to: Colleague | None, **how: str) -> None:
    """Give a locked report to this colleague, or put it back."""
    number = int(to.key) if to else None
    if number != report.assigned_to:
        report.assigned_to = number
        record(session, report, "assigned", to=to.name if to else None, **how)


def chosen_colleague(session: Session, key: str) -> Colleague | None:
    """This colleague, or who stands in for them today; None for NOBODY. Raises Refused."""
    if key == NOBODY:
        return None
    found = next((one for one in colleagues(session) if one.key == key), None)
    if found is None:
        raise Refused("to", _("Choose one of your colleagues."))
    return _present(session, found)
