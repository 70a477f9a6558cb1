"""Who works on a report: somebody takes it, or it is given to a colleague. The timeline tells of each change."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.access.absence import stand_in
from app.inbox.acts import Refused, is_done, lock
from app.inbox.colleagues import Colleague, colleagues
from app.reports.models import Report
from app.reports.sealed import ReportReader, leads
from app.reports.timeline import by, record
from app.viewer import current_viewer

NOBODY = ""
"""What the form says for a report that is put back."""


def assign(session: Session, reference: str, form: uuid.UUID, to: str) -> None:
    """Give the report to this colleague, or with NOBODY put it back. Raises NoSuchReport, Refused."""
    report = lock(session, reference)
    if is_done(session, report, form):
        return
    if to != str(report.assigned_to or NOBODY):
        taker = chosen_colleague(session, to, report)
        if taker:
            _let_read(session, report, taker)
        give(session, report, taker, form=str(form))


def _let_read(session: Session, report: Report, taker: Colleague) -> None:
    """Whoever works on a sensitive report reads it: its leads say so by giving it to somebody, others cannot."""
    if not report.sealed or session.get(ReportReader, (report.id, int(taker.key))) or taker.is_oneself:
        return
    if not leads(report, current_viewer()):
        raise Refused("to", _("They may not read this report. Ask a lead to let them."))
    session.add(ReportReader(report=report, account_id=int(taker.key), by=by(current_viewer())))


def give(session: Session, report: Report, to: Colleague | None, **how: str) -> None:
    """Give a locked report to this colleague, who may open it, or put it back."""
    number = int(to.key) if to else None
    if number != report.assigned_to:
        report.assigned_to = number
        record(session, report, "assigned", to=to.name if to else None, account=number, **how)


def chosen_colleague(session: Session, key: str, report: Report | None = None) -> Colleague | None:
    """This colleague, or who stands in for them today; None for NOBODY. Raises Refused, also for somebody who may
    not open this report: it would be lost with them."""
    if key == NOBODY:
        return None
    offered = {one.key: one for one in colleagues(session, report)}
    if key not in offered:
        raise Refused("to", _("Choose one of your colleagues."))
    present = str(stand_in(session, int(key), datetime.now(UTC).date()))
    return offered.get(present, offered[key])
