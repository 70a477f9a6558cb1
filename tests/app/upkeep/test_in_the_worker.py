"""Jobs of the real, running worker put further jobs, in their own transaction."""

from __future__ import annotations

from datetime import timedelta

import psycopg
from flask import Flask
from sqlalchemy import update

from app import queue, upkeep
from app.database import transaction
from app.queue import Job
from app.reports.models import OpenQuestion
from app.viewer import WORKER, acting_as
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.messages import a_message
from tests.builders.reports import say
from tests.builders.stored import messages_out, reports
from tests.conftest import Database


def test_the_worker_files_what_was_said_before_an_unanswered_question(app: Flask, database: Database) -> None:
    say("please help us, nobody listens")
    with acting_as(WORKER), transaction() as session:
        session.execute(update(OpenQuestion).values(asked_at=OpenQuestion.asked_at - timedelta(hours=25)))
        queue.put(session, Job(upkeep.file_unanswered_questions))
    work_until(lambda: jobs_waiting(database, "upkeep.file_unanswered") == 0, app, database, "default")
    assert [report.partner for report in reports()] == ["ke-desk"]
    assert [message.purpose for message in messages_out()] == ["question", "acknowledgment"]
    assert jobs_waiting(database, "outbox.deliver") == 3  # the privacy notice follows the acknowledgment


def test_the_worker_queues_a_message_again_whose_job_was_lost(app: Flask, database: Database) -> None:
    a_message(age=timedelta(minutes=11))
    with psycopg.connect(database.app_url) as connection:
        connection.execute("DELETE FROM procrastinate_jobs")
    with acting_as(WORKER), transaction() as session:
        queue.put(session, Job(upkeep.redeliver))
    work_until(lambda: jobs_waiting(database, "upkeep.redeliver") == 0, app, database, "default")
    assert jobs_waiting(database, "outbox.deliver") == 1
