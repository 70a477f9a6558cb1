"""One PostgreSQL server on one data folder: its address, and how it is launched, awaited and stopped.

What changes the state of the server (`launch`, `halt`) is called inside `locks.exclusively`.
"""

from __future__ import annotations

import shlex
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from app.embedded import account, cluster, locks, postmaster
from app.embedded.cluster import DatabaseFailed

DATABASE = "gapline"

READY_WITHIN = 60
"""Seconds a server may take to be ready; recovery after a crash takes most of it."""

STOPPED_WITHIN = 30
"""Seconds a server may take to write its last checkpoint."""

SEEN_WITHIN = 2
"""Seconds until a server whose launch was interrupted shows itself, so that it can be stopped."""

SERVER_SETTINGS = {
    "max_connections": "200",
    "log_checkpoints": "off",  # one line every five minutes, for ever
    "log_error_verbosity": "terse",  # the DETAIL of an error quotes the row: a citizen's words or number
    "log_min_error_statement": "panic",  # likewise the statement
}


@dataclass(frozen=True)
class EmbeddedServer:
    """A server. It listens on a local socket only, in a folder that only its account and root can open.

    `users` is held by whoever must leave or stop the server, and is None for one that was merely found.
    """

    data: Path
    sockets: Path
    users: IO[str] | None = field(default=None, repr=False, compare=False)

    def url(self, role: str, database: str = DATABASE) -> str:
        """The libpq URL that signs in as `role`: gapline_app, gapline_owner or postgres."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}&port=5432"

    @property
    def is_running(self) -> bool:
        return postmaster.process(self.data) is not None

    def stop(self) -> None:
        """Stop the server, whoever else uses it: sessions are ended, what is committed is kept."""
        with locks.exclusively(self.data.parent):
            halt(self.data)
        if self.users:
            self.users.close()

    def leave(self) -> None:
        """Stop using the server, and stop it if nobody else uses it."""
        if self.users is None or self.users.closed:
            return
        with self.users, locks.exclusively(self.data.parent):
            if locks.is_last_user(self.users):
                halt(self.data)


def launch(data: Path) -> None:
    """Start a server on this folder, which is created when missing. Raises DatabaseFailed."""
    owner = account.owner()
    account.open_the_way(owner, data.parent)
    cluster.create(data, owner)
    sockets = cluster.socket_folder(data, owner)
    postmaster.clear_remains(data, sockets)
    log, limit, options = str(data / "server.log"), str(READY_WITHIN), _options(sockets)
    outcome = owner.run("pg_ctl", "start", "-w", "-t", limit, "-D", str(data), "-l", log, "-o", options)
    if postmaster.process(data) is None:
        raise DatabaseFailed(f"PostgreSQL did not start: {outcome.said}\n{cluster.log_tail(data)}")


def when_ready(data: Path, users: IO[str] | None = None) -> EmbeddedServer | None:
    """The server of this folder, once it answers; None if none runs, or the one that did has just ended.

    Raises DatabaseFailed when it runs but does not become ready.
    """
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if postmaster.process(data) is None:
            return None
        sockets = postmaster.socket_folder(data)
        if sockets and _answers(server := EmbeddedServer(data, sockets, users)):
            return server
        time.sleep(0.05)
    raise DatabaseFailed(f"PostgreSQL under {data} is not ready. Its log ends:\n{cluster.log_tail(data)}")


def halt(data: Path) -> None:
    """Fast, then immediate, then by force: each recovers at the next start."""
    for manner in ("fast", "immediate"):
        if postmaster.process(data) is None:
            return
        limit = str(STOPPED_WITHIN)
        account.owner().run("pg_ctl", "stop", "-w", "-t", limit, "-m", manner, "-D", str(data))
    if stubborn := postmaster.process(data):
        stubborn.kill()
        stubborn.wait(STOPPED_WITHIN)


def clear_away(data: Path, interrupted: bool) -> None:
    """`halt` after a start that failed. One that was interrupted may have a server that is about to appear."""
    deadline = time.monotonic() + SEEN_WITHIN
    while interrupted and postmaster.process(data) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    halt(data)


def _options(sockets: Path) -> str:
    """The server's command line, as the shell string that pg_ctl wants: no network, a local socket."""
    chosen = [f"-c {name}={value}" for name, value in SERVER_SETTINGS.items()]
    return " ".join(["-h ''", "-p 5432", f"-k {shlex.quote(str(sockets))}", *chosen])


def _answers(server: EmbeddedServer) -> bool:
    try:
        psycopg.connect(server.url("postgres", "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
