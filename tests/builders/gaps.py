"""Gaps, gathered the way real ones are."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from app.database import transaction
from app.gaps.gathering import gather
from app.gaps.models import Gap, Member
from app.reports.models import Report
from app.viewer import WORKER, acting_as
from tests.builders.reports import a_report
from tests.builders.stored import rows

DRY = "borehole dry no water Eastern Cape"
"""At South Africa's water entry point: no tap, in the Eastern Cape."""


def gather_now(*reports: Report) -> None:
    """Run the gathering job of each of these reports, as the worker does."""
    with acting_as(WORKER):
        for report in reports:
            gather(report=str(report.id))


def a_gap(people: int = 3, text: str = DRY, country: str = "ZA", senders: tuple[str, ...] = ()) -> Gap:
    """A gap that so many people have reported, or these senders, each once; detached."""
    reports = [a_report(text, country, sender=sender) for sender in senders or (None,) * people]
    gather_now(*reports)
    return gap_of(reports[0])


def gap_of(report: Report) -> Gap:
    """The gap that this report belongs to now."""
    found = select(Gap).join(Member, Member.gap_id == Gap.id).where(Member.report_id == report.id)
    with acting_as(WORKER), transaction() as session:
        return session.scalars(found).one()


def gaps() -> list[Gap]:
    return rows(Gap, Gap.key)


def members(gap: Gap) -> set[uuid.UUID]:
    """The reports that belong to it."""
    return {member.report_id for member in rows(Member) if member.gap_id == gap.id}
