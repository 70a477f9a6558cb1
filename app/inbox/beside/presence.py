"""Who else has a report open. It is a courtesy, never a lock: who is stale is refused by the acts themselves."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.database import transaction
from app.inbox.beside.models import Presence
from app.reports.models import Report
from app.reports.timeline import by
from app.viewer import current_viewer

LIVES = timedelta(seconds=75)
"""An open page says so every 20 seconds; one without script only when it is loaded."""


@dataclass(frozen=True)
class Other:
    """Somebody else who has a report open."""

    name: str
    is_answering: bool


def arrive(reference: str, is_answering: bool = False) -> None:
    """Note that the viewer has this report open still. Two windows at once are one person."""
    try:
        with transaction() as session:
            found = session.execute(_at(reference)).one_or_none()
            if found is not None:
                be_here(session, *found, is_answering)
    except IntegrityError:
        return


def be_here(session: Session, report: Report, here: Presence | None, is_answering: bool = False) -> None:
    """Note that the viewer has it open now; `here` is what was noted before."""
    viewer = current_viewer()
    if here is None:
        here = Presence(report=report, report_id=report.id, account_id=viewer.account_id, name=by(viewer))
        session.add(here)
    here.seen_at, here.is_answering = datetime.now(UTC), is_answering


def others_at(session: Session, report: Report) -> tuple[Other, ...]:
    """Who else has it open, by name."""
    here = select(Presence.name, Presence.is_answering).where(Presence.report_id == report.id, *_others())
    return tuple(Other(name, answering) for name, answering in session.execute(here.order_by(Presence.name)))


def others_among(session: Session, references: Iterable[str]) -> dict[str, tuple[Other, ...]]:
    """Who else has one of these reports open, by its reference."""
    rows = select(Report.reference, Presence.name, Presence.is_answering).join_from(Presence, Report)
    found: dict[str, tuple[Other, ...]] = {}
    for reference, *other in session.execute(rows.where(Report.reference.in_(list(references)), *_others())):
        found[reference] = (*found.get(reference, ()), Other(*other))
    return found


def others_anywhere(report: Report | None = None) -> Any:
    """Who else has this report open, or any that the viewer may see, as a part of another statement: read by
    `by_report`."""
    row = func.jsonb_build_array(Presence.report_id, Presence.name, Presence.is_answering)
    here = () if report is None else (Presence.report_id == report.id,)
    return select(func.jsonb_agg(row)).where(*_others(), *here).scalar_subquery()


def by_report(rows: Iterable[tuple[str, str, bool]] | None) -> dict[uuid.UUID, tuple[Other, ...]]:
    found: dict[uuid.UUID, tuple[Other, ...]] = {}
    for report, name, answering in rows or ():
        key = uuid.UUID(report)
        found[key] = (*found.get(key, ()), Other(name, answering))
    return found


def _others() -> tuple[Any, ...]:
    live = Presence.seen_at > datetime.now(UTC) - LIVES
    return live, Presence.account_id != current_viewer().account_id


def _at(reference: str) -> Select[Any]:
    """This report, and the viewer's presence at it if they have been there before."""
    mine = and_(Presence.report_id == Report.id, Presence.account_id == current_viewer().account_id)
    return select(Report, Presence).outerjoin(Presence, mine).where(Report.reference == reference)
