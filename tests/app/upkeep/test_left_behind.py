"""Messages that have lost their job are queued again, and no message is sent twice for that."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from flask import Flask

from app.upkeep import LEFT_BEHIND, redeliver
from app.viewer import WORKER, acting_as
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.messages import Carrier, a_contact, a_message, state_of
from tests.conftest import Database

LONG_AGO = LEFT_BEHIND + timedelta(seconds=1)


def look_after() -> None:
    with acting_as(WORKER):
        redeliver(timestamp=0)


def lose_jobs(database: Database, status: str | None = None) -> None:
    """Delete every job, or let it stand as having ended so."""
    with psycopg.connect(database.app_url) as connection:
        if status is None:
            connection.execute("DELETE FROM procrastinate_jobs")
        else:
            connection.execute("UPDATE procrastinate_jobs SET status = %s", (status,))


@pytest.mark.parametrize("ended", [None, "failed"])
def test_a_message_without_a_job_is_queued_again_and_sent_once(
    app: Flask, database: Database, carrier: Carrier, ended: str | None
) -> None:
    message = a_message(age=LONG_AGO)
    lose_jobs(database, ended)
    for _ in range(2):
        look_after()
    assert jobs_waiting(database) == 1
    work_until(lambda: jobs_waiting(database) == 0, app, database)
    look_after()
    assert (state_of(message), len(carrier.sent), jobs_waiting(database)) == ("sent", 1, 0)


def test_a_message_whose_job_still_waits_is_not_queued_again(database: Database, carrier: Carrier) -> None:
    a_message(age=timedelta(hours=3))
    look_after()
    assert jobs_waiting(database) == 1


def test_a_young_message_is_left_alone(database: Database, carrier: Carrier) -> None:
    a_message(age=LEFT_BEHIND - timedelta(seconds=30))
    lose_jobs(database)
    look_after()
    assert jobs_waiting(database) == 0


@pytest.mark.parametrize("state", ["sent", "delivered", "failed", "dead"])
def test_a_settled_message_is_left_alone(database: Database, carrier: Carrier, state: str) -> None:
    a_message(age=LONG_AGO, state=state)
    lose_jobs(database)
    look_after()
    assert jobs_waiting(database) == 0


@pytest.mark.parametrize(
    ("state", "becomes", "sent"),
    [("attempting", "unknown", 0), ("unknown", "sent", 1)],
)
def test_a_message_in_doubt_is_queued_again(
    app: Flask, database: Database, carrier: Carrier, state: str, becomes: str, sent: int
) -> None:
    message = a_message(age=LONG_AGO, state=state, attempts=1, doubts=int(state == "unknown"))
    lose_jobs(database)
    look_after()
    work_until(lambda: state_of(message) == becomes, app, database)
    assert len(carrier.sent) == sent


def test_many_messages_left_behind_are_all_reached_in_turn(
    database: Database, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.upkeep.AT_ONCE", 2)
    contact = a_contact()
    for number in range(5):
        a_message(contact, age=LONG_AGO * (number + 1))
    lose_jobs(database)
    for expected in (2, 4, 5):
        look_after()
        assert jobs_waiting(database) == expected
