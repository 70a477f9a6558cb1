"""Rows as programs read them: codes and moments, never a contact."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.figures.reading import MEASURES, Cell
from app.followup.models import Case
from app.gaps.models import Gap
from app.outbox.report_json import describe_report
from app.reports.models import Event, Report
from app.reports.sensitive import is_sensitive

Json = dict[str, Any]


KEPT_BACK: Json = {"problem_type": None, "gap_kind": None, "tags": []}
"""What a sensitive report is about is for its leads, and no program is one."""


def report_json(report: Report) -> Json:
    """The facts of the command line's JSON, and what the inbox knows of it."""
    more = {"priority": report.priority, "tags": list(report.tags), "sensitive": is_sensitive(report)}
    if report.sealed:
        more |= KEPT_BACK
    return (
        describe_report(report) | more | {"due_at": moment(report.due_at), "touched_at": moment(report.touched_at)}
    )


def words_json(report: Report) -> list[Json]:
    """What the person wrote; nothing of a sensitive report."""
    if is_sensitive(report):
        return []
    return [{"words": message.body, "at": moment(message.received_at)} for message in report.messages]


def event_json(event: Event) -> Json:
    """A line of the timeline, without what anybody wrote."""
    names = ("old", "new") if event.kind == "status" else ()
    status = {name: event.detail[name] for name in names if name in event.detail}
    return {"event": event.kind, "by": event.by, "at": moment(event.at)} | status


def gap_json(gap: Gap) -> Json:
    names = ("country", "sector", "entry_point", "problem_type", "gap_kind", "area", "reports", "people")
    seen = {"first_seen": moment(gap.first_seen), "last_seen": moment(gap.last_seen)}
    return {"id": str(gap.id), **{name: getattr(gap, name) for name in names}, **seen, "case": gap.case_id}


def case_json(case: Case) -> Json:
    names = ("country", "sector", "entry_point", "problem_type", "gap_kind", "area", "owner", "state", "visibility")
    more = ("statement", "people_affected", "entitlement", "programme", "cofog", "responsible_office")
    facts = {name: getattr(case, name) for name in (*names, *more)}
    times = {"opened_at": moment(case.opened_at), "changed_at": moment(case.changed_at)}
    return {"number": case.id, "gap": str(case.gap_id), **facts, **times}


def cell_json(country: str, sector: str, cell: Cell) -> Json:
    """null where the numbers are kept back."""
    return {"country": country, "sector": sector, **{name: getattr(cell, name) for name in MEASURES}}


def moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
