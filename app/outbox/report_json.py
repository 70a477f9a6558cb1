"""Reports as plain data for commands: facts and words, never a contact (contracts, commands' JSON)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from app.database import db
from app.outbox.listing import Said, correspondence
from app.reports.models import Event, Report
from app.reports.sensitive import SENSITIVE, is_sensitive

AT_ONCE = 500
"""Rows fetched at a time: a long list is printed without being held in memory."""


def list_reports(since: datetime | None = None, limit: int | None = None) -> Iterator[Report]:
    """Every report the viewer may see, newest first; `since` without a zone is UTC."""
    newest = select(Report).order_by(Report.created_at.desc(), Report.id.desc()).limit(limit)
    if since is not None:
        newest = newest.where(Report.created_at >= since.replace(tzinfo=since.tzinfo or UTC))
    yield from db.session.scalars(newest.execution_options(yield_per=AT_ONCE))


def show_report(reference: str) -> dict[str, Any] | None:
    """One report with its messages and timeline; None if the viewer sees none of this reference."""
    report = db.session.scalars(select(Report).where(Report.reference == reference)).one_or_none()
    if report is None:
        return None
    return describe_report(report) | {
        "messages": [_message(said) for said in correspondence(db.session(), report)],
        "timeline": [_event(event) for event in report.events],
    }


def describe_report(report: Report) -> dict[str, Any]:
    """The facts of one report."""
    same_name = ("reference", "country", "sector", "entry_point", "problem_type", "gap_kind", "area")
    more = ("language", "channel", "status", "partner", "flags")
    facts = {name: getattr(report, name) for name in (*same_name, *more)}
    if is_sensitive(report) and SENSITIVE not in report.flags:
        facts["flags"] = [*report.flags, SENSITIVE]
    return facts | {"created_at": _utc(report.created_at)}


def _message(said: Said) -> dict[str, Any]:
    facts = {"direction": said.direction, "state": said.state, "body": said.body, "segments": said.segments}
    return facts | {"at": _utc(said.at)}


def _event(event: Event) -> dict[str, Any]:
    return {"event": event.kind, "by": event.by, "at": _utc(event.at)}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
