"""How long each page of the inbox takes with all those reports, and how PostgreSQL goes about it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import event

from app.access.models import Account
from app.database import SAY_WHO, db, who
from app.viewer import Viewer
from tests.app.access.browser import Browser

TIMES = 5
PAGES = {
    "first page": "",
    "everything": "tab=all",
    "mine": "tab=mine",
    "nobody's": "tab=unassigned",
    "needs information": "tab=needs_information",
    "snoozed": "tab=snoozed",
    "oldest": "sort=oldest",
    "everything, oldest": "tab=all&sort=oldest",
    "most urgent": "sort=priority",
    "longest untouched": "sort=untouched",
    "problem": "problem_type=ke-health/no-drugs",
    "area": "area=KE-07",
    "area, everything": "tab=all&area=KE-07",
    "channel and language": "channel=ussd&language=sw",
    "two statuses": "status=duplicate&status=not_a_report",
    "closed": "tab=all&status=closed",
    "today": "age=today",
    "older": "tab=all&age=older",
    "a colleague's": "assigned=2",
    "a colleague's, everything": "tab=all&assigned=2",
    "urgent": "priority=1",
    "urgent, everything": "tab=all&priority=1",
    "a tag": "tag=radio",
    "a tag, everything": "tab=all&tag=radio",
    "a rare tag": "tab=all&tag=court case",
    "asks to be called": "flag=call_back",
    "with a photo": "photo=yes",
    "with a photo, everything": "tab=all&photo=yes",
    "sensitive": "tab=all&sensitive=yes",
    "a common word": "tab=all&q=dawa",
    "two common words": "tab=all&q=dawa nurse",
    "a rare word": "tab=all&q=nyuwamanyu",
    "no such word": "tab=all&q=zzzz",
    "a word, open": "q=dawa",
}


@dataclass(frozen=True)
class Measured:
    """Milliseconds of the whole page in the middle of TIMES, and of each of its statements on its own."""

    name: str
    page: float
    statements: tuple[tuple[float, str, Any], ...]


def measure(app: Flask, account: Account, without: Sequence[str]) -> Iterator[Measured]:
    browser = Browser(app).sign_in(account)
    for name, query in PAGES.items():
        if any(word in name for word in without):
            continue
        path = f"/inbox?{query}"
        browser.get(path)
        runs = [_timed(browser, path) for _ in range(TIMES)]
        page, statements = sorted(runs, key=lambda run: run[0])[TIMES // 2]
        yield Measured(name, page, tuple(statements))


def _timed(browser: Browser, path: str) -> tuple[float, list[tuple[float, str, Any]]]:
    with _statements() as seen:
        begun = time.perf_counter()
        answer = browser.get(path)
        took = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, answer.status_code
    return took, seen


@contextmanager
def _statements() -> Iterator[list[tuple[float, str, Any]]]:
    seen: list[tuple[float, str, Any]] = []
    begun: list[float] = []

    def before(*_rest: object) -> None:
        begun.append(time.perf_counter())

    def after(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        seen.append(((time.perf_counter() - begun.pop()) * 1000, statement, parameters))

    event.listen(db.engine, "before_cursor_execute", before)
    event.listen(db.engine, "after_cursor_execute", after)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", before)
        event.remove(db.engine, "after_cursor_execute", after)


def plan(url: str, viewer: Viewer, statement: str, parameters: Any) -> str:
    """What PostgreSQL does for this statement, for this viewer."""
    with psycopg.connect(url) as connection:
        connection.execute(SAY_WHO, who(viewer))
        lines = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters).fetchall()
    return "\n".join(line for (line,) in lines)
