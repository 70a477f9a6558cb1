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
    """The same as a condition on reports: each part has an index."""
    return or_(Report.sealed.is_(True), *_signs())


def waits_to_be_sealed() -> ColumnElement[bool]:
    """Whether its words are still where everybody's are: its type has become sensitive since it was filed."""
    return or_(*_signs())


def is_not_sensitive() -> ColumnElement[bool]:
    """The opposite, also where nothing is said of a report's type."""
    return is_sensitive_report().is_not(True)


def _signs() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    of_type = Report.problem_type.in_(_sensitive_types())
    of_flag = and_(func.cardinality(Report.flags) > 0, Report.flags.contains([SENSITIVE]))
    return and_(Report.sealed.is_(None), of_type), and_(Report.sealed.is_(None), of_flag)


def _sensitive_types() -> Iterable[str]:
    return [
        problem.slug
        for entry in current_directory().entry_points
        for problem in entry.problems
        if problem.sensitive
    ]
