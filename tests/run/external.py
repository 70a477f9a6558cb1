"""A PostgreSQL that is not ours, for DATABASE_URL: Debian's if it is installed, else a second embedded one.

Its only login, `operator`, is no superuser: it may create roles and owns its database, as managed services have it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from app import embedded

DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class ExternalServer:
    sockets: Path

    def url(self, login: str, database: str) -> str:
        return f"postgresql://{login}@/{database}?host={self.sockets}"

    def new_database(self, name: str, login: str = "operator") -> str:
        """An empty database of this login's own, as a URL for DATABASE_URL."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(name), Identifier(login)))
        return self.url(login, name)


@contextmanager
def external_server() -> Iterator[ExternalServer]:
    folder = Path(tempfile.mkdtemp(prefix="ext")).resolve()
    try:
        with _debian(folder) if _binaries() else _embedded(folder) as server:
            with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
                connection.execute("CREATE ROLE operator LOGIN CREATEROLE")
                connection.execute("CREATE ROLE guest LOGIN")
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    found = [p for p in DEBIAN.glob("*/bin") if p.parent.name.isdigit() and int(p.parent.name) >= 15]
    return max(found, key=lambda p: int(p.parent.name), default=None)


@contextmanager
def _debian(folder: Path) -> Iterator[ExternalServer]:
    data = folder / "data"
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)
    _run("initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync", "--locale=C", "--encoding=UTF8")
    options = f"-h '' -k {folder} -c fsync=off"
    _run("pg_ctl", "start", "-w", "-D", str(data), "-l", str(folder / "log"), "-o", options)
    try:
        yield ExternalServer(folder)
    finally:
        _run("pg_ctl", "stop", "-m", "immediate", "-D", str(data))


@contextmanager
def _embedded(folder: Path) -> Iterator[ExternalServer]:
    server = embedded.start(folder)
    try:
        with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE gapline")
            connection.execute("DROP ROLE gapline_owner, gapline_app")
        yield ExternalServer(server.sockets)
    finally:
        server.stop()


def _run(program: str, *arguments: str) -> None:
    identity = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    command = [str(_binaries() / program), *arguments]
    subprocess.run(command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **identity)
