"""A job in a running worker may put further jobs, in its own transaction."""

from __future__ import annotations

from flask import Flask

from app.database import transaction
from app.followup.opening import open_case
from app.viewer import acting_as
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.cases import AFESIS, STATEMENT
from tests.builders.gaps import a_gap
from tests.builders.stored import messages_out, reports
from tests.conftest import Database


def test_taking_up_reports_in_the_worker_queues_word_to_their_people(app: Flask, database: Database) -> None:
    gap = a_gap(people=2)
    with acting_as(AFESIS), transaction() as session:
        open_case(session, gap.id, STATEMENT)
    work_until(lambda: jobs_waiting(database, "followup.take_up") == 0, app, database, "default")
    assert [report.status for report in reports()] == ["in_follow_up"] * 2
    assert len([message for message in messages_out() if message.purpose == "update"]) == 2
    assert jobs_waiting(database, "outbox.deliver") == 6  # two acknowledgments, notices and updates
