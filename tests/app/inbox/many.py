"""Many reports at once, and the statements that a page makes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import event

from app.database import db, transaction
from app.reports.models import Report
from app.reports.reference import new_reference
from app.viewer import INTAKE, acting_as


def reports_at(times: Sequence[datetime]) -> list[str]:
    """File one report at each of these moments at Kenya's health entry point; their references, newest first."""
    with acting_as(INTAKE), transaction() as session:
        reports = [_report(at) for at in times]
        session.add_all(reports)
    return [report.reference for report in sorted(reports, key=lambda r: (r.created_at, r.id), reverse=True)]


def _report(at: datetime) -> Report:
    return Report(
        id=uuid.uuid4(),
        reference=new_reference("KE"),
        country="KE",
        sector="health",
        entry_point="ke-health",
        partner="cedc",
        language="en",
        channel="sms",
        answerable=False,
        created_at=at,
    )


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that runs inside the block, without the setting of the viewer at the start of each transaction, and
    without the look at the directory's edition, which every page takes once in two seconds."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "set_config" not in statement and "directory_edition" not in statement:
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
