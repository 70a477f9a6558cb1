"""Which process, if any, is the server of this data folder.

`postmaster.pid` outlives a killed server, and its process id may belong to somebody else by now: a process
counts as the server only if it is called postgres and works in this very folder.
"""

from __future__ import annotations

from pathlib import Path

import psutil

ORPHANS_MAY_TAKE = 5
"""Seconds until what a killed server left behind is killed too; it normally ends by itself at once."""

SOCKET_FOLDER_LINE = 4
"""postmaster.pid: process id, data folder, start time, port, socket folder (PostgreSQL, pidfile.h)."""


def process(data: Path) -> psutil.Process | None:
    """The running server's main process, ready or not."""
    lines = _pid_file(data)
    if not lines or not lines[0].isdigit():
        return None
    try:
        found = psutil.Process(int(lines[0]))
    except psutil.NoSuchProcess:
        return None
    return found if _works_in(found, data) else None


def socket_folder(data: Path) -> Path | None:
    """Where the server of this folder listens; None while it has not said so yet."""
    lines = _pid_file(data)
    if len(lines) <= SOCKET_FOLDER_LINE or not lines[SOCKET_FOLDER_LINE]:
        return None
    return Path(lines[SOCKET_FOLDER_LINE])


def clear_remains(data: Path, sockets: Path) -> None:
    """After a server of this folder was killed: end its orphans, and drop the files that say it still runs.

    PostgreSQL would do so itself but for one case: the process id in them is a stranger's by now. Orphans
    first: with one alive, a second server could write to the same files.
    """
    if process(data) is not None:
        return
    orphans = [p for p in psutil.process_iter() if _works_in(p, data)]
    for orphan in orphans:
        orphan.terminate()
    for stubborn in psutil.wait_procs(orphans, timeout=ORPHANS_MAY_TAKE)[1]:
        stubborn.kill()
    for claim in (data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock", sockets / ".s.PGSQL.5432"):
        claim.unlink(missing_ok=True)


def _pid_file(data: Path) -> list[str]:
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    except FileNotFoundError:
        return []


def _works_in(candidate: psutil.Process, data: Path) -> bool:
    try:
        return candidate.name().startswith("postgres") and Path(candidate.cwd()) == data
    except psutil.Error:
        return False
