"""Processes of an earlier run that was killed. They are known by marks in their environment.

Two marks: the instance, and the name of the run. That name is random and stands in the instance's pid file, so
a shell in which somebody exported GAPLINE_INSTANCE is never taken for one of ours.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

INSTANCE_MARK = "GAPLINE_INSTANCE"
RUN_MARK = "GAPLINE_RUN"

ASKED_FOR = 5
"""Seconds a leftover may take to end after SIGTERM before it is killed."""


def marks(instance: Path, run: str) -> dict[str, str]:
    """What the environment of every process of this run holds."""
    return {INSTANCE_MARK: str(instance.resolve()), RUN_MARK: run}


def find(instance: Path, run: str) -> list[psutil.Process]:
    """Every living process of that run, but for this one."""
    wanted = marks(instance, run)
    return [p for p in psutil.process_iter() if p.pid != os.getpid() and _carries(p, wanted)]


def end(processes: Sequence[psutil.Process], patience: float = ASKED_FOR) -> None:
    """Ask each to end, then kill those that have not after `patience` seconds. Returns when all are gone."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, stubborn = psutil.wait_procs(processes, timeout=patience)
    for process in stubborn:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(stubborn, timeout=patience)


def _carries(process: psutil.Process, wanted: dict[str, str]) -> bool:
    try:
        return wanted.items() <= process.environ().items()
    except (psutil.Error, OSError):
        return False
