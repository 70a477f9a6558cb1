"""Opening a report on the tracking page, as the person who made it does."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.database import transaction
from app.reports.models import Answer
from app.viewer import INTAKE, acting_as
from tests.app.channels.web.visitor import Visitor, reference_of, secret_of
from tests.builders.stored import reports

both_browsers = pytest.mark.parametrize("keeps_cookies", [True, False], ids=["cookies", "no cookies"])


def reported(app: Flask, **changes: dict[str, str]) -> tuple[str, str]:
    """The reference and the secret of a new report."""
    page = Visitor(app).report(**changes)
    return reference_of(page), secret_of(page)


def opened(visitor: Visitor, reference: str, secret: str) -> TestResponse:
    """What the visitor sees after the two fields are sent."""
    return arrive(visitor, visitor.fill_in(visitor.get("/track"), "/track", reference=reference, secret=secret))


def arrive(visitor: Visitor, page: TestResponse) -> TestResponse:
    return visitor.get(page.location) if page.status_code == 303 else page


def answer_comes(text: str) -> None:
    (report,) = reports()
    with acting_as(INTAKE), transaction() as session:
        session.add(Answer(report_id=report.id, body=text, by="cedc: lead"))
