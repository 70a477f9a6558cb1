"""Asking for a bulk act: which reports it is about is settled here, once, as they stand at this moment."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.inbox.acts import Refused
from app.inbox.bulk.models import BulkAct, BulkItem
from app.inbox.bulk.running import run
from app.inbox.conditions import narrowed
from app.inbox.filters import Filters
from app.inbox.ordering import BY_NAME
from app.inbox.steps import Steps, state_of
from app.queue import Job, put
from app.reports.models import Report
from app.reports.reference import WrongReference, read_reference
from app.viewer import current_viewer

MOST = 10_000
"""Reports in one bulk act; more are done in several."""


@dataclass(frozen=True)
class Chosen:
    """The reports ticked in the list, or all that these filters leave."""

    references: tuple[str, ...] = ()
    filters: Filters | None = None

    def reports(self) -> Select[Report]:
        if self.filters is None:
            return (
                select(Report).where(Report.reference.in_(self.references)).order_by(Report.created_at, Report.id)
            )
        order = BY_NAME[self.filters.sort]
        keys = [key.desc() if order.descending else key for key in (*order.columns, Report.id)]
        return narrowed(select(Report), self.filters).order_by(*keys)


def read_references(texts: Sequence[str]) -> tuple[str, ...]:
    """Those that are references, as reports keep them, each once."""
    return tuple(dict.fromkeys(str(found) for found in map(_reference, texts) if found))


def ask(session: Session, form: uuid.UUID, chosen: Chosen, steps: Steps) -> None:
    """Settle which reports it is about, and have the worker begin. A form that was sent before changes nothing.

    Raises Refused when there are no reports or too many.
    """
    if session.get(BulkAct, form) is not None:
        return
    reports = reports_of(session, chosen)
    asker = current_viewer()
    account = asker.account_id or 0
    about = {"account_id": account, "partner": asker.partner, "steps": steps.as_json()}
    session.add(BulkAct(id=form, **about, total=len(reports)))
    session.flush()
    session.add_all(_item(form, account, place, report) for place, report in enumerate(reports, 1))
    put(session, Job(run, {"bulk": str(form)}, lock=f"bulk:{form}"))


def reports_of(session: Session, chosen: Chosen) -> Sequence[Report]:
    """Raises Refused when there are none or too many."""
    reports = session.scalars(chosen.reports().limit(MOST + 1)).all()
    if not reports:
        raise Refused("chosen", _("Choose at least one report."))
    if len(reports) > MOST:
        raise Refused("chosen", _("These are more than %(n)d reports. Narrow the list first.", n=MOST))
    return reports


def _item(bulk: uuid.UUID, account: int, place: int, report: Report) -> BulkItem:
    return BulkItem(
        bulk_id=bulk,
        place=place,
        account_id=account,
        report_id=report.id,
        reference=report.reference,
        seen=state_of(report),
    )


def _reference(text: str) -> str | None:
    try:
        found = read_reference(text)
    except WrongReference:
        return None
    return str(found) if found else None
