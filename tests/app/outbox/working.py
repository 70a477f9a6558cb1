"""The real worker, run in this process until something has come about."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import procrastinate
import psycopg
from flask import Flask

from app import queue, upkeep
from app.worker import as_worker
from tests.conftest import Database

AT_ONCE = 8
MOST_SECONDS = 10.0
ROOMS_WITH_JOBS = (upkeep,)
"""Imported so that the queue knows their tasks."""


def work_until(done: Callable[[], bool], app: Flask, database: Database, name: str = "outbox") -> None:
    """Work off this queue until `done`, then finish the jobs in hand. Raises TimeoutError."""
    with queue.connected(database.app_url, 4) as jobs:
        asyncio.run(_work(done, app, jobs, name))


async def _work(done: Callable[[], bool], app: Flask, jobs: procrastinate.App, name: str) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE))
    async with jobs.open_async():
        worker = asyncio.create_task(
            jobs.run_worker_async(
                queues=[name],
                concurrency=AT_ONCE,
                install_signal_handlers=False,
                fetch_job_polling_interval=0.05,
                delete_jobs="successful",
                task_middleware=[as_worker(app)],
            )
        )
        try:
            await _wait_for(done)
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker


async def _wait_for(done: Callable[[], bool]) -> None:
    end = time.monotonic() + MOST_SECONDS
    while not done():
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.02)


def jobs_waiting(database: Database, task: str = "outbox.deliver") -> int:
    """How many jobs of this task are queued or being run."""
    waiting = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name = %s"
    with psycopg.connect(database.app_url) as connection:
        (number,) = connection.execute(waiting, (task,)).fetchone() or (0,)
    return int(number)
