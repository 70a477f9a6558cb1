"""End with the process that started us, even when that one is killed and can tell nobody.

Run as `python -m app.supervisor.tether PARENT PROGRAM ARGUMENT…`, it ties itself to PARENT and becomes PROGRAM.
Linux only (prctl(2), PR_SET_PDEATHSIG, which execve keeps); elsewhere the next start ends what was left.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

import psutil

PR_SET_PDEATHSIG = 1
"""<linux/prctl.h>"""

MAKE = frozenset({"make", "gmake"})


def tie_to(parent: int) -> None:
    """Get SIGTERM when `parent`, which must be our parent, ends; exit at once if it has ended already."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)


def launching_make() -> psutil.Process | None:
    """The `make` that started us. Any other parent may rightly end before us: a shell, a service manager."""
    try:
        parent = psutil.Process(os.getppid())
        return parent if parent.name() in MAKE else None
    except psutil.Error:
        return None


def tethered(command: Sequence[str]) -> list[str]:
    """The same command, ending with this process."""
    return [sys.executable, "-m", "app.supervisor.tether", str(os.getpid()), *command]


if __name__ == "__main__":
    tie_to(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 no shell is the point
