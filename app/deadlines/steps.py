"""A report's clock, kept on the report: started when it is filed, moved when it comes to another status.

Every status is set by `reach`, so that no step is reached without its clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from app.deadlines.clock import LEAD, LEVELS, Clock, Rules, advance, escalate, recount, start
from app.deadlines.plans import plan_of
from app.reports.models import Report
from app.reports.sensitive import is_sensitive

ESCALATED = "escalated"
"""The flag by which the country's desk sees a report. It stays: who has stepped in follows it to its end."""


def first_clock(report: Report, counted_from: datetime) -> dict[str, Any]:
    """The values of the clock's columns for a report that is being filed."""
    return _columns(start(counted_from, rules_for(report)))


def reach(report: Report, status: str, at: datetime | None = None) -> None:
    """Set the report's status, now or `at` a moment of the past, and move its clock if that is another step."""
    at = at or datetime.now(UTC)
    _keep(report, advance(clock_of(report), status, at, report.said_at, rules_for(report)))
    report.status = status


def reading(report: Report) -> dict[str, Any]:
    """How its clock stands, as JSON has it."""
    values = _columns(clock_of(report))
    return {name: v.astimezone(UTC).isoformat() if isinstance(v, datetime) else v for name, v in values.items()}


def reach_back(report: Report, status: str, read: Mapping[str, Any]) -> None:
    """Set the status back, and the clock to how it stood then (`reading`): as if the step had not been taken."""
    for name, value in read.items():
        is_moment = isinstance(value, str) and name != "step"
        setattr(report, name, datetime.fromisoformat(value) if is_moment else value)
    report.status = status


def restart(report: Report, counted_from: datetime) -> None:
    """Count anew from another moment, for rows that are moved in time: samples are."""
    _keep(report, start(counted_from, rules_for(report)))


def count_again(report: Report) -> bool:
    """Count the present step by the plan of today; whether that changes when it is due."""
    was = clock_of(report)
    now = recount(was, rules_for(report))
    _keep(report, now)
    return now.due_at != was.due_at


def raise_it(report: Report) -> str:
    """Mark the report as escalated to the next level, and return that level."""
    clock, level = escalate(clock_of(report), rules_for(report))
    _keep(report, clock)
    if level != LEAD and ESCALATED not in report.flags:
        report.flags = [*report.flags, ESCALATED]
    return level


def rules_for(report: Report) -> Rules:
    """By what this report's clock goes today: the plan of the partner that triages it, or of its country's desk."""
    plan = plan_of(report.partner, report.country)
    limits = plan.limits(report.problem_type, report.gap_kind, is_sensitive(report))
    return Rules(plan.working, limits, LEVELS if report.entry_point else (LEAD,))


def clock_of(report: Report) -> Clock:
    return Clock(
        counted_from=report.counted_from,
        step=report.step,
        due_at=report.due_at,
        waited=timedelta(minutes=report.waited),
        waiting_since=report.waiting_since,
        escalated=tuple(report.escalated),
        escalate_at=report.escalate_at,
    )


def _columns(clock: Clock) -> dict[str, Any]:
    values = vars(clock) | {"waited": int(clock.waited / timedelta(minutes=1))}
    return values | {"escalated": list(clock.escalated)}


def _keep(report: Report, clock: Clock) -> None:
    for name, value in _columns(clock).items():
        if getattr(report, name) != value:
            setattr(report, name, value)
