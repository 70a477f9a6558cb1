"""What is sealed of each report of the world, who has read it, and somebody who may."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from app.database import transaction
from app.reports.models import Report
from app.reports.sealed import ReportReader, SealedReading, SealedText
from app.viewer import MIGRATION, acting_as


def add_sealed(reports: Iterable[UUID], reader: int, led_elsewhere: str) -> None:
    """Words, readings and a reader of each report; who reads those that are sensitive: tests/app/reports. A desk
    names no readers of what it only sees because it is flagged, so there is none of that entry point."""
    with acting_as(MIGRATION), transaction() as session:
        for report in [session.get_one(Report, number) for number in reports]:
            session.add(SealedText(kind="message", row_id=uuid4(), report_id=report.id, sealed=b"sealed"))
            session.add(SealedReading(report_id=report.id, what="words", by="cedc: lead"))
            if report.entry_point != led_elsewhere:
                session.add(ReportReader(report_id=report.id, account_id=reader, by="cedc: lead"))
