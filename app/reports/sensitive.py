"""Which reports are sensitive: by their type of problem, by flag, or because somebody said so."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, func, or_

from app.directory.current import current_directory
from app.reports.models import Report

SENSITIVE = "sensitive"
"""The flag that older reports carry; today `Report.sealed` says it."""


def is_sensitive(report: Report) -> bool:
    """Whether its words are to be kept apart. What a lead has opened again is not sensitive, whatever its type."""
    if report.sealed is not None:
        return report.sealed
    return SENSITIVE in report.flags or is_sensitive_type(report.problem_type)


def is_sensitive_type(problem_type: str | None) -> bool:
    """False also for a type that the directory has lost since."""
    try:
        return problem_type is not None and current_directory().problem(problem_type).sensitive
    except KeyError:
        return False


def is_sensitive_report() -> ColumnElement[bool]:
    """The same as a condition on reports."""
    return or_(Report.sealed.is_(True), waits_to_be_sealed())


def waits_to_be_sealed() -> ColumnElement[bool]:
    """Whether its words are still where everybody's are: its type has become sensitive since it was filed."""
    by_type = func.coalesce(Report.problem_type.in_(_sensitive_types()), False)
    return and_(Report.sealed.is_(None), or_(by_type, Report.flags.contains([SENSITIVE])))


def _sensitive_types() -> Iterable[str]:
    return [
        problem.slug
        for entry in current_directory().entry_points
        for problem in entry.problems
        if problem.sensitive
    ]
