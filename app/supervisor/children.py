"""The programs a run consists of: started, restarted when they die, stopped with all they started themselves."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.supervisor.tether import tethered

log = logging.getLogger("gapline.supervisor")

PROJECT = Path(__file__).parents[2]

STANDARD_ERROR = 2

STOPPED_WITHIN = 10
"""Seconds between SIGTERM and SIGKILL."""

FIRST_DELAY, LONGEST_DELAY = 0.2, 10.0
"""Seconds between a death and the next start: doubled each time, up to the longest."""

STEADY_AFTER = 10.0
"""Seconds of life after which earlier deaths are forgotten."""


@dataclass(frozen=True)
class Program:
    """What to run; `environment` is all of it, nothing is added from ours."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass
class Child:
    """One program kept running. It leads its own process group, which stands and falls with it."""

    program: Program
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    deaths: int = 0
    restart_at: float | None = None

    @classmethod
    def start(cls, program: Program) -> Child:
        return cls(program, _spawn(program))

    def keep_up(self) -> None:
        """Restart the program if it has died, after a delay that grows with each death."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if self.restart_at is None:
            self._note_death(now)
        elif now >= self.restart_at:
            self.process, self.started, self.restart_at = _spawn(self.program), now, None

    def kill_group(self) -> None:
        """Whatever the program started itself goes too, also when the program has died before."""
        if self.restart_at is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def _note_death(self, now: float) -> None:
        self.kill_group()
        self.deaths = 1 if now - self.started > STEADY_AFTER else self.deaths + 1
        delay = min(FIRST_DELAY * 2 ** min(self.deaths - 1, 20), LONGEST_DELAY)
        self.restart_at = now + delay
        log.error("%s ended with %s: restarting in %.1f s", self.program.name, self.process.returncode, delay)


@contextmanager
def running(programs: Sequence[Program]) -> Iterator[list[Child]]:
    """Keep these programs for the length of the block; none of them outlives it."""
    children: list[Child] = []
    try:
        for program in programs:
            children.append(Child.start(program))
        yield children
    finally:
        stop(children)


def stop(children: Sequence[Child]) -> None:
    """End all of them together: asked first, their whole groups killed after STOPPED_WITHIN seconds."""
    for child in children:
        child.process.terminate()
    deadline = time.monotonic() + STOPPED_WITHIN
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
        child.kill_group()
        child.process.wait()


def _spawn(program: Program) -> subprocess.Popen[bytes]:
    """Its output joins our standard error: standard output is for what the person who started us reads."""
    return subprocess.Popen(  # noqa: S603 programs named in `run.py`
        tethered(program.command),
        env=dict(program.environment),
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=STANDARD_ERROR,
        start_new_session=True,
    )
