"""How long each page of the inbox takes with all those reports, and how PostgreSQL goes about it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import event

from app.access.models import Account
from app.database import SAY_WHO, db, who
from app.viewer import Viewer
from tests.app.access.browser import Browser

TIMES = 12
"""So often that PostgreSQL has begun to keep plans for statements that it sees again and again."""


@dataclass
class Run:
    """One request, in milliseconds: by the clock, and of work on a processor, in the web process and in PostgreSQL.

    Where other work is on the machine, the clock tells of that too.
    """

    clock: float = 0
    work: float = 0
    statements: list[Statement] = field(default_factory=list)


@dataclass(frozen=True)
class Statement:
    """`work` is that of PostgreSQL, in milliseconds."""

    work: float
    text: str
    parameters: Any


@dataclass(frozen=True)
class Measured:
    """One page. `run` is the one in the middle of TIMES, by its work."""

    name: str
    run: Run


def measure(app: Flask, account: Account, pages: Mapping[str, str]) -> Iterator[Measured]:
    """`pages` are addresses by their names."""
    browser = Browser(app).sign_in(account)
    for name, path in pages.items():
        browser.get(path)
        runs = sorted((_timed(browser, path) for _ in range(TIMES)), key=lambda run: run.work)
        yield Measured(name, runs[TIMES // 2])


def _timed(browser: Browser, path: str) -> Run:
    with _statements() as seen:
        clock, work = time.perf_counter(), time.process_time()
        answer = browser.get(path)
        run = Run((time.perf_counter() - clock) * 1000, (time.process_time() - work) * 1000, seen)
    assert answer.status_code == 200, (path, answer.status_code)
    run.work += sum(one.work for one in seen)
    return run


@contextmanager
def _statements() -> Iterator[list[Statement]]:
    seen: list[Statement] = []
    begun: list[float] = []

    def before(connection: Any, *_rest: object) -> None:
        begun.append(_worked(connection))

    def after(connection: Any, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        seen.append(Statement(_worked(connection) - begun.pop(), statement, parameters))

    event.listen(db.engine, "before_cursor_execute", before)
    event.listen(db.engine, "after_cursor_execute", after)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", before)
        event.remove(db.engine, "after_cursor_execute", after)


def _worked(connection: Any) -> float:
    """Milliseconds that this connection's server process has been on a processor; where the system does not tell,
    what the clock says."""
    told = Path(f"/proc/{connection.connection.driver_connection.info.backend_pid}/schedstat")
    if not told.exists():
        return time.perf_counter() * 1000
    return int(told.read_text().split()[0]) / 1_000_000


def plan(url: str, viewer: Viewer, statement: str, parameters: Any) -> str:
    """What PostgreSQL does for this statement, for this viewer."""
    with psycopg.connect(url) as connection:
        connection.execute(SAY_WHO, who(viewer))
        lines = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters).fetchall()
    return "\n".join(line for (line,) in lines)
