"""The worker's entry: runs the queued jobs of every room until it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from app import queue, upkeep
from app.access import resetting
from app.channels.web import brakes
from app.conversation import erasing
from app.conversation.warming import keep_current, warm
from app.deadlines import counting as deadline_counting
from app.deadlines import escalating, morning
from app.embedded import resolve_url
from app.entering import sheets
from app.factory import create_app
from app.figures import counting, publishing
from app.followup import asking, asking_more, asking_one, deadlines, hearing, opening
from app.followup import forgetting as followup_forgetting
from app.gaps import forgetting as gaps_forgetting
from app.gaps import gathering
from app.hooks import delivery as hook_delivery
from app.hooks import gathering as hook_gathering
from app.inbox import placing, sending_on
from app.inbox.bulk import running, undoing
from app.inbox.following import posting, telling
from app.mail import delivery as mail_delivery
from app.outbox import delivery, telling_all
from app.photos import fetching
from app.roles import APP
from app.settings import load_settings
from app.viewer import WORKER, acting_as

ROOMS_WITH_JOBS = (
    *(
        delivery,
        telling_all,
        mail_delivery,
        fetching,
        upkeep,
        brakes,
        gathering,
        opening,
        asking,
        asking_one,
        asking_more,
        hearing,
        deadlines,
    ),
    *(erasing, gaps_forgetting, followup_forgetting, counting, publishing, placing, sending_on, resetting),
    *(escalating, deadline_counting, morning, running, undoing, telling, posting),
    *(sheets, hook_gathering, hook_delivery),
)
"""Imported so that the queue knows their tasks."""

CONCURRENCY = 30
"""Jobs at once. Most of a delivery is waiting for the provider: 30 at 50 ms each make about 500 a second."""

CONNECTIONS = 4
"""For fetching and finishing jobs; the jobs themselves use the app's own pool."""


def main() -> None:
    """Work until SIGTERM or SIGINT, then finish the jobs in hand."""
    settings = load_settings()
    app = create_app(settings, pool_size=CONCURRENCY)
    warm(app)
    with queue.connected(resolve_url(settings, APP), CONNECTIONS) as jobs:
        asyncio.run(_work(app, jobs))


async def _work(app: Flask, jobs: Any) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(CONCURRENCY))
    async with jobs.open_async():
        await jobs.run_worker_async(
            concurrency=CONCURRENCY,
            delete_jobs="successful",
            shutdown_graceful_timeout=8,
            fetch_job_polling_interval=2,
            task_middleware=[as_worker(app)],
        )


def as_worker(app: Flask) -> Callable[..., Any]:
    """Run each job in its own app context, so with its own session, as the viewer `worker`; and with the directory
    and our words as they stand now, also after an hour without work."""

    def run(call_next: Callable[[], Any], _context: Any, _worker: Any) -> Any:
        with app.app_context(), acting_as(WORKER):
            keep_current()
            return call_next()

    return run


if __name__ == "__main__":
    main()
