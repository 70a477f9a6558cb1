"""Which gap a report belongs to: a pure function of what is known about it."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.models import Report

COUNTS_NOT = frozenset({"duplicate", "not_a_report"})
"""Statuses of a report that is no report of its own."""


@dataclass(frozen=True)
class Kind:
    """What the reports of one gap have in common. `gap_kind` is None where the type of problem is known: the
    directory says which kind that is."""

    entry_point: str
    problem_type: str | None
    gap_kind: str | None
    area: str | None

    @property
    def key(self) -> str:
        """The same in one text; slugs, kinds and ISO codes hold no bar."""
        return "|".join((self.entry_point, self.problem_type or f"kind:{self.gap_kind}", self.area or ""))


def kind_of(report: Report) -> Kind | None:
    """The gap that this report belongs to; None for a desk's, one that counts not, and one not understood yet."""
    if report.entry_point is None or report.status in COUNTS_NOT:
        return None
    if report.problem_type is None and report.gap_kind is None:
        return None
    by_kind = None if report.problem_type else report.gap_kind
    return Kind(report.entry_point, report.problem_type, by_kind, report.area)
