"""One embedded server, several processes: whoever comes first starts it, the last one to leave stops it."""

from __future__ import annotations

import atexit
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from app import roles
from app.embedded import cluster, locks
from app.embedded.server import DATABASE, EmbeddedServer, clear_away, launch, when_ready
from app.settings import Settings

_kept: dict[Path, EmbeddedServer] = {}
_keeping = threading.Lock()


def start(instance: Path) -> EmbeddedServer:
    """The server of this instance, started if it does not run: ready, with its database and its roles.

    Recovers by itself from a killed server. The caller owes it a `stop` or a `leave`. Raises DatabaseFailed.
    """
    with locks.exclusively(instance):
        users = locks.join_users(instance)
        try:
            return _start(instance, users)
        except BaseException as ended:
            if locks.is_last_user(users):
                clear_away(cluster.data_folder(instance), interrupted=not isinstance(ended, Exception))
            users.close()
            raise


def find_running(instance: Path) -> EmbeddedServer | None:
    """The server of this instance if one runs: to be used, not owned. Waits until it is ready.

    Raises DatabaseFailed when it runs but does not become ready.
    """
    return when_ready(cluster.data_folder(instance))


@contextmanager
def lend(instance: Path) -> Iterator[EmbeddedServer]:
    """A server for the length of the block: the running one, else one that is stopped at the end.

    SIGTERM leaves the block as `sys.exit` does, where nobody has arranged otherwise.
    """
    with _sigterm_exits():
        server = start(instance)
        try:
            yield server
        finally:
            server.leave()


def resolve_url(settings: Settings, role: str) -> str:
    """The libpq URL of the database, for work as `role`: gapline_app or gapline_owner.

    DATABASE_URL if set, else the embedded server, which is started if it does not run and then stopped when
    this process ends. Cheap enough to be asked for every new connection. Raises DatabaseFailed.
    """
    if settings.database_url:
        return roles.with_role(settings.database_url, role)
    with _keeping:
        server = _kept.get(settings.instance)
        if server is None or not server.is_running:
            server = _keep(settings.instance)
    return server.url(role)


def _start(instance: Path, users: IO[str]) -> EmbeddedServer:
    data = cluster.data_folder(instance)
    while (server := when_ready(data, users)) is None:
        launch(data)
    cluster.private_folders(instance)
    roles.create_database(server.url("postgres", "postgres"), DATABASE)
    roles.prepare(server.url("postgres"), login=True)
    return server


def _keep(instance: Path) -> EmbeddedServer:
    server = start(instance)
    if instance not in _kept:
        atexit.register(_leave, instance)
        _exit_on_sigterm()
    _kept[instance] = server
    return server


def _leave(instance: Path) -> None:
    server = _kept.pop(instance)
    if server.is_running:
        server.leave()


@contextmanager
def _sigterm_exits() -> Iterator[None]:
    ours = _exit_on_sigterm()
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _exit_on_sigterm() -> bool:
    """Let SIGTERM run what must be run at exit; True if it was this call that arranged it.

    Only the main thread may, and only while nobody else has: a web server or the supervisor knows better.
    """
    on_main = threading.current_thread() is threading.main_thread()
    if not on_main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return False
    signal.signal(signal.SIGTERM, _exit)
    return True


def _exit(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
