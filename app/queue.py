"""Work for later: Procrastinate jobs, rows that are committed together with what they belong to.

Arguments are opaque ids only: Procrastinate logs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import procrastinate
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job as QueueJob
from procrastinate.tasks import Task
from sqlalchemy.orm import Session

jobs = procrastinate.App(connector=procrastinate.PsycopgConnector())
"""Where rooms register their tasks. The worker gives it its connection; the web only inserts."""

_insertion = procrastinate.App(connector=procrastinate.SyncPsycopgConnector()).job_manager
"""Inserts over a session's own connection and never opens one itself. The manager of `jobs` cannot do so in a
running worker, where it holds an asynchronous connection."""


class TryLater(Exception):
    """The job is to be run again after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"again in {wait.total_seconds():.0f} s")
        self.wait = wait


class Patience(BaseRetryStrategy):
    """Run again when the job asks for it, and half a minute after anything unforeseen."""

    def get_retry_decision(self, *, exception: BaseException, job: QueueJob) -> RetryDecision | None:
        wait = exception.wait if isinstance(exception, TryLater) else timedelta(seconds=30)
        return RetryDecision(retry_at=datetime.now(UTC) + wait) if job.attempts < 100 else None


@dataclass(frozen=True)
class Job:
    """One call of a task, given itself or by its name where its room lies above the caller's.

    Jobs that share a `lock` run one at a time, first in first out.
    """

    task: Task[..., Any, Any] | str
    arguments: dict[str, int | str] = field(default_factory=dict)
    lock: str | None = None
    at: datetime | None = None


def put(session: Session, *later: Job) -> None:
    """Insert these jobs in the session's own transaction, in one statement."""
    if later:
        connection = session.connection().connection.driver_connection
        _insertion.batch_defer_jobs([_row(job, connection) for job in later], connection=connection)


def _row(job: Job, connection: Any) -> QueueJob:
    options: dict[str, Any] = {"lock": job.lock, "schedule_at": job.at, "connection": connection}
    named = isinstance(job.task, str)
    deferrer = jobs.configure_task(job.task, **options) if named else job.task.configure(**options)
    return deferrer.make_new_job(**job.arguments)


@contextmanager
def connected(address: str, size: int) -> Iterator[procrastinate.App]:
    """The same tasks on a live pool of at most `size` connections; `address` is a libpq URL."""
    connector = procrastinate.PsycopgConnector(conninfo=address, min_size=2, max_size=size)
    with jobs.replace_connector(connector) as app:
        yield app
