"""Every act on a report is on its timeline, by somebody, in order."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import transaction
from app.reports.models import Event, Report
from app.reports.timeline import by, record
from app.viewer import COMMAND, INTAKE, WORKER, Viewer, acting_as
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import events


@pytest.mark.parametrize(
    ("viewer", "name"),
    [
        (Viewer("partner_lead", 1, "A. Lead", partner="cedc"), "cedc: A. Lead"),
        (Viewer("desk", 2, "D. Esk", country="KE"), "ke-desk: D. Esk"),
        (Viewer("administrator", 3, "A. D."), "administrator: A. D."),
        (INTAKE, "intake"),
        (WORKER, "worker"),
        (COMMAND, "command"),
    ],
)
def test_people_are_named_by_their_place_and_name_and_work_by_its_kind(viewer: Viewer, name: str) -> None:
    assert by(viewer) == name


def test_filing_is_the_first_line_and_later_acts_follow_in_order(app: Flask) -> None:
    report = a_report()
    note(report, "read", WORKER)
    note(report, "read_again", WORKER)
    assert [(event.kind, event.by) for event in events()] == [
        ("filed", "intake"),
        ("read", "worker"),
        ("read_again", "worker"),
    ]
    assert [event.at for event in events()] == sorted(event.at for event in events())


def test_acts_of_one_transaction_keep_their_order_too(app: Flask) -> None:
    report = a_report()
    with acting_as(WORKER), transaction() as session:
        mine = session.scalars(select(Report).where(Report.id == report.id)).one()
        for number in range(5):
            record(session, mine, f"act_{number}")
    with acting_as(WORKER), transaction() as session:
        found = session.get_one(Report, report.id).events
        assert [event.kind for event in found] == ["filed", *[f"act_{number}" for number in range(5)]]


def test_an_act_keeps_its_account_and_its_details(app: Flask) -> None:
    account, report = an_account(), a_report()
    entry_points = frozenset({report.entry_point or ""})
    lead = Viewer("partner_lead", account.id, account.name, "cedc", entry_points)
    event = note(report, "status", lead, old="new", new="acknowledged")
    assert (event.account_id, event.detail) == (account.id, {"old": "new", "new": "acknowledged"})
    assert event.by == f"cedc: {account.name}"


def note(report: Report, kind: str, viewer: Viewer, **detail: str) -> Event:
    with acting_as(viewer), transaction() as session:
        mine = session.scalars(select(Report).where(Report.id == report.id)).one()
        return record(session, mine, kind, **detail)
