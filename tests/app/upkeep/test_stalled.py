"""Jobs that a killed worker had in hand are run again."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import psycopg
from flask import Flask

from app import queue
from app.outbox.delivery import SETTLE_WAIT
from app.upkeep import retry_stalled
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.messages import Carrier, a_message, deliver_now, state_of, time_passes
from tests.conftest import Database


def taken_by_a_worker(database: Database, silent_for: int, number: int = 1) -> None:
    """A worker takes so many jobs, and has not been heard of for this many seconds."""

    async def take() -> None:
        async with jobs.open_async():
            worker = await jobs.job_manager.register_worker()
            for _ in range(number):
                assert await jobs.job_manager.fetch_job(queues=None, worker_id=worker)

    with queue.connected(database.app_url, 2) as jobs:
        asyncio.run(take())
    with psycopg.connect(database.app_url) as connection:
        heard = "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s)"
        connection.execute(heard, (silent_for,))


def put_back(database: Database) -> None:
    """Run the periodic job once."""

    async def run() -> None:
        async with jobs.open_async():
            await retry_stalled.func(SimpleNamespace(app=jobs))

    with queue.connected(database.app_url, 2) as jobs:
        asyncio.run(run())


def statuses(database: Database) -> list[str]:
    with psycopg.connect(database.app_url) as connection:
        found = connection.execute("SELECT status::text FROM procrastinate_jobs ORDER BY id")
        return [status for (status,) in found]


def test_the_job_of_a_worker_that_fell_silent_is_run_again(
    app: Flask, database: Database, carrier: Carrier
) -> None:
    message = a_message()
    taken_by_a_worker(database, silent_for=60)
    put_back(database)
    work_until(lambda: jobs_waiting(database) == 0, app, database)
    assert (state_of(message), len(carrier.sent)) == ("sent", 1)


def test_a_worker_that_was_heard_of_keeps_its_jobs(database: Database, carrier: Carrier) -> None:
    a_message()
    taken_by_a_worker(database, silent_for=20)
    put_back(database)
    assert statuses(database) == ["doing"]


def test_a_worker_killed_in_the_middle_of_a_call_sends_at_most_once_more(
    app: Flask, database: Database, carrier: Carrier
) -> None:
    message = a_message(state="attempting", attempts=1)
    taken_by_a_worker(database, silent_for=60)
    put_back(database)
    work_until(lambda: state_of(message) == "unknown", app, database)
    assert carrier.sent == []
    time_passes(message, SETTLE_WAIT)
    assert deliver_now(message) is None
    assert (state_of(message), len(carrier.sent)) == ("sent", 1)


def test_one_job_that_cannot_be_put_back_does_not_keep_the_others(database: Database, carrier: Carrier) -> None:
    """Two runs of one periodic job were cut off: only one of them can be queued, and the message goes on."""
    with psycopg.connect(database.app_url) as connection:
        for _ in range(2):
            put = (
                "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status)"
                " VALUES ('default', 'upkeep.forget', 'upkeep.forget', 'doing')"
            )
            connection.execute(put)
    a_message()
    taken_by_a_worker(database, silent_for=60)
    put_back(database)
    assert statuses(database) == ["todo", "doing", "todo"]
