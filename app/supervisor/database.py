"""The database of a run: the embedded one, which we keep running, or DATABASE_URL's, which others do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from app import embedded, roles
from app.settings import Settings

log = logging.getLogger("gapline.supervisor")


class DatabaseUnusable(RuntimeError):
    """The server that DATABASE_URL names cannot be used; the message never repeats the URL."""


@dataclass(frozen=True)
class Database:
    """`url` is what web and worker get as DATABASE_URL; `keep_up` restarts a server of ours that died."""

    url: str
    keep_up: Callable[[], None]


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database, ready and with its roles, for the length of the block.

    Raises embedded.DatabaseFailed, roles.RolesMissing, roles.ServerTooOld, or DatabaseUnusable.
    """
    if settings.database_url:
        _stop_left_behind(settings)
        _prepare_external(settings.database_url)
        yield Database(settings.database_url, keep_up=lambda: None)
    else:
        with _owned(settings) as database:
            yield database


@contextmanager
def _owned(settings: Settings) -> Iterator[Database]:
    servers = [embedded.start(settings.instance)]
    try:
        yield Database(servers[0].url(roles.APP), keep_up=lambda: _keep_up(settings, servers))
    finally:
        for server in servers:
            server.stop()


def _keep_up(settings: Settings, servers: list[embedded.EmbeddedServer]) -> None:
    """A server killed under us comes back at the same address, so web and worker just connect again."""
    if servers[-1].is_running:
        return
    log.error("the database has stopped: starting it again")
    try:
        servers.append(embedded.start(settings.instance))
    except embedded.DatabaseFailed as failed:
        log.error("%s", failed)


def _stop_left_behind(settings: Settings) -> None:
    """An earlier run without DATABASE_URL, if killed, left a server that nobody would ever stop."""
    if left := embedded.find_running(settings.instance):
        left.stop()


def _prepare_external(url: str) -> None:
    try:
        roles.prepare(url)
    except psycopg.OperationalError as unreachable:
        raise DatabaseUnusable(f"The database of DATABASE_URL cannot be used: {unreachable}") from None
    except psycopg.ProgrammingError:
        raise DatabaseUnusable("DATABASE_URL is not a URL that PostgreSQL's libpq can read") from None
