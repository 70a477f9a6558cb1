"""One supervisor for each instance: INSTANCE/supervisor.pid, locked while it lives, removed when it ends.

The lock says whether its holder lives (the kernel drops it with the process); the content says who it is.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psutil

from app.supervisor import leftovers, tether

ORPHAN_MAY_TAKE = 25
"""Seconds until an orphaned supervisor, asked to stop, is killed: above what a full stop takes."""


class AlreadyRunning(RuntimeError):
    """Another supervisor of this instance is at work."""


@dataclass(frozen=True)
class Identity:
    """A process, told apart from a later one with the same id by when it was created."""

    pid: int
    created: float

    @classmethod
    def of(cls, process: psutil.Process) -> Identity:
        return cls(process.pid, process.create_time())

    def process(self) -> psutil.Process | None:
        """The process, if it still runs."""
        try:
            found = psutil.Process(self.pid)
            return found if found.create_time() == self.created and found.is_running() else None
        except psutil.Error:
            return None


@dataclass(frozen=True)
class Run:
    """One run of a supervisor: who it is, which `make` started it if any, and its random name."""

    supervisor: Identity
    make: Identity | None
    name: str

    @property
    def is_orphan(self) -> bool:
        """Whether the `make` that a person would stop it by has gone."""
        return self.make is not None and self.make.process() is None


@contextmanager
def claim(instance: Path) -> Iterator[Run]:
    """Be the one supervisor of this instance for the length of the block; yields the run, for its name.

    Ends what a killed run left behind, first, and whatever of this run still lives, last. Raises
    AlreadyRunning.
    """
    path = instance / "supervisor.pid"
    _end_orphan(path)
    with _lock(path) as file:
        if previous := read(path):
            leftovers.end(leftovers.find(instance, previous.name))
        run = _this_run()
        _write(file, run)
        try:
            yield run
        finally:
            leftovers.end(leftovers.find(instance, run.name))
            path.unlink(missing_ok=True)


def read(path: Path) -> Run | None:
    """The run that a pid file names; None if the file is missing or was cut short by a kill."""
    try:
        content = json.loads(path.read_text())
        make = Identity(**content["make"]) if content["make"] else None
        return Run(Identity(**content["supervisor"]), make, content["name"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _lock(path: Path) -> IO[str]:
    """The pid file, locked. Tried again when its last holder removed it between opening and locking."""
    while True:
        file = path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise AlreadyRunning(_who_runs(path)) from None
        if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
        file.close()


def _end_orphan(path: Path) -> None:
    run = read(path)
    orphan = run.supervisor.process() if run and run.is_orphan else None
    if orphan:
        leftovers.end([orphan], patience=ORPHAN_MAY_TAKE)


def _who_runs(path: Path) -> str:
    run = read(path)
    who = f" (process {run.supervisor.pid})" if run else ""
    return f"Gapline is already running on {path.parent}{who}: stop it first, or choose another INSTANCE"


def _this_run() -> Run:
    make = tether.launching_make()
    name = secrets.token_hex(16)
    return Run(Identity.of(psutil.Process()), Identity.of(make) if make else None, name)


def _write(file: IO[str], run: Run) -> None:
    file.truncate(0)
    file.write(json.dumps(asdict(run)))
    file.flush()
