"""Doing something on another thread, as another process would: with its own session and viewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from flask import Flask


@contextmanager
def aside(app: Flask, work: Callable[..., Any], *arguments: Any) -> Iterator[Future[Any]]:
    """Start `work` on a thread of its own; the block ends when it has ended."""

    def run() -> Any:
        with app.app_context():
            return work(*arguments)

    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(run)
