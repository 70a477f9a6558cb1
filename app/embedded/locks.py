"""Who may start and stop the server, and who still uses it.

Both are advisory locks of the kernel (flock): a killed process loses its own at once, so nothing has to be
counted, and nothing is left to clean up.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def exclusively(instance: Path) -> Iterator[None]:
    """Only one process at a time starts or stops the server of an instance. Not to be nested."""
    with (instance / "database.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def join_users(instance: Path) -> IO[str]:
    """Count as a user of the server until the file returned is closed."""
    users = (instance / "database.users").open("a")
    fcntl.flock(users, fcntl.LOCK_SH)
    return users


def is_last_user(users: IO[str]) -> bool:
    """Whether nobody else uses the server. Ask inside `exclusively`, and only when about to leave."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
