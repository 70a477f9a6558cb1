"""Bulk acts asked for, worked off, and looked at."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.database import transaction
from app.inbox.bulk.models import BulkAct, BulkItem
from app.reports.models import Report
from app.viewer import INTAKE, WORKER, acting_as
from tests.app.access.browser import BASE, Browser
from tests.builders.stored import messages_out, rows

NEW = datetime(2026, 3, 1, tzinfo=UTC)


def post(browser: Browser, path: str, **fields: object) -> TestResponse:
    """Send a form; a value may be a list."""
    with browser.app.app_context():
        return browser.client.post(
            path,
            data=urlencode({"csrf_token": browser.token(), **fields}, doseq=True),
            content_type="application/x-www-form-urlencoded",
            base_url=BASE,
            environ_overrides=browser.environ,
        )


def ask(browser: Browser, chosen: Sequence[Report | str], number: str = "", **steps: object) -> str:
    """Ask for a bulk act on these reports; returns its number."""
    number = number or str(uuid.uuid4())
    references = [one if isinstance(one, str) else one.reference for one in chosen]
    answer = post(browser, "/inbox/bulk", form=number, chosen=references, **steps)
    assert answer.status_code == 303, answer.text
    assert answer.location == f"/inbox/bulk/{number}"
    return number


def work(job: object, number: str) -> None:
    """Do this job now, as the worker does it."""
    with acting_as(WORKER):
        job(bulk=number)  # type: ignore[operator]


def now_of(report: Report | str) -> Report:
    reference = report if isinstance(report, str) else report.reference
    with acting_as(INTAKE), transaction() as session:
        return session.scalars(select(Report).where(Report.reference == reference)).one()


def change(report: Report, **values: object) -> None:
    with acting_as(INTAKE), transaction() as session:
        session.execute(update(Report).where(Report.id == report.id).values(**values))


def told(report: Report) -> list[str]:
    by_itself = ("acknowledgment", "privacy_notice")
    return [m.body for m in messages_out() if m.report_id == report.id and m.purpose not in by_itself]


def items() -> list[BulkItem]:
    return rows(BulkItem, BulkItem.place)


def ago(number: str, passed: timedelta) -> None:
    """The act ended so long ago."""
    with acting_as(WORKER), transaction() as session:
        session.get_one(BulkAct, uuid.UUID(number)).finished_at = datetime.now(UTC) - passed
