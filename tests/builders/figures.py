"""Reports of past months in numbers, and their figures counted and published as the worker does it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from app.database import transaction
from app.directory.current import current_directory
from app.figures.counting import count_open_months, keep_count, months_so_far, stored_counts
from app.figures.months import begin
from app.figures.places import NOT_KNOWN, Count, Place
from app.figures.publishing import publish_due
from app.gaps.gathering import sweep
from app.reports.contacts import meet
from app.reports.models import Contact, Report
from app.reports.reference import new_reference
from app.viewer import INTAKE, WORKER, acting_as
from tests.builders.reports import a_number
from tests.builders.told import Told, counted

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
BUSIA, BARINGO, LAMU = "KE-04", "KE-01", "KE-21"
AFTER_JUNE = datetime(2026, 7, 12, tzinfo=UTC)
"""When June is closed and July is not."""

AFTER_JULY = datetime(2026, 8, 12, tzinfo=UTC)


def somebody(country: str = "KE") -> uuid.UUID:
    """A person who can be answered: the id of their contact."""
    with acting_as(INTAKE), transaction() as session:
        return meet(session, a_number(country), country).id


def a_crowd(
    people: int,
    area: str = BUSIA,
    sector: str = "health",
    month: date = JUNE,
    kind: str | None = "absent",
) -> list[uuid.UUID]:
    """So many people who each report once from this area in this month; the ids of their reports."""
    country = area[:2]
    with acting_as(INTAKE), transaction() as session:
        contacts = [meet(session, a_number(country), country).id for _ in range(people)]
        reports = [report_of(contact, area, sector, month, kind) for contact in contacts]
        session.add_all(reports)
        return [report.id for report in reports]


def reports_of(person: uuid.UUID | None, areas: Sequence[str], month: date = JUNE, sector: str = "health") -> None:
    """The same person (None: nobody who can be answered) reports from each of these areas."""
    with acting_as(INTAKE), transaction() as session:
        session.add_all([report_of(person, area, sector, month, "absent") for area in areas])


def report_of(person: uuid.UUID | None, area: str, sector: str, month: date, kind: str | None) -> Report:
    country = area[:2]
    entry = current_directory().entry_point(country, sector)
    return Report(
        id=uuid.uuid4(),
        reference=new_reference(country),
        country=country,
        sector=sector,
        entry_point=entry.slug if entry else None,
        partner=entry.lead.partner if entry else current_directory().country(country).desk,
        gap_kind=kind,
        area=area if len(area) > len(country) else None,
        language="en",
        channel="sms",
        answerable=False,
        contact_id=person,
        created_at=begin(month) + timedelta(days=9),
    )


def count_now() -> None:
    """Gather what is to be gathered and count every month."""
    with acting_as(WORKER):
        sweep()
        count_open_months()
        for month in months_so_far(datetime.now(UTC)):
            keep_count(month)


def publish_at(moment: datetime) -> None:
    """Count, and run the job that publishes, at this moment."""
    count_now()
    with acting_as(WORKER):
        publish_due(moment)


def rollup(month: date = JUNE) -> dict[Place, Count]:
    """What the rollup says of this month."""
    with acting_as(WORKER), transaction() as session:
        return stored_counts(session, month)


def recount(month: date = JUNE) -> dict[Place, Count]:
    """The same counted here, one report after the other, from all that stands in the database."""
    with acting_as(WORKER), transaction() as session:
        reports = session.scalars(select(Report)).all()
        known = set(session.scalars(select(Contact.id)))
    numbers = {person: number for number, person in enumerate(sorted(known))}
    told = [
        Told(
            numbers.get(report.contact_id) if report.contact_id else None,
            Place(report.country, report.sector, report.area or NOT_KNOWN),
            hash(report.problem_type or report.gap_kind) if _has_gap(report) else None,
        )
        for report in reports
        if report.created_at.date().replace(day=1) == month and report.status not in ("duplicate", "not_a_report")
    ]
    return counted(told)


def _has_gap(report: Report) -> bool:
    return report.entry_point is not None and (report.problem_type or report.gap_kind) is not None
