"""The files of the embedded server: created whole or not at all, and found again."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from app.embedded.account import MAJOR_VERSION, Account

LONGEST_SOCKET = 100
"""Bytes; a socket's path holds 107 on Linux and 103 on macOS (`sun_path` in sys/un.h)."""

PRIVATE_FOLDERS = ("keys", "uploads")


class DatabaseFailed(RuntimeError):
    """The embedded PostgreSQL could not be created, started or reached; the message says where to look."""


def data_folder(instance: Path) -> Path:
    return instance.resolve() / "database"


def create(data: Path, account: Account) -> None:
    """Initialise the data folder if there is none.

    initdb works beside it and is renamed into place, so one that is killed half-way leaves nothing behind.
    The locale is C here; the database itself sorts by Unicode code point (see `roles.create_database`), the
    same on every machine whatever LANG says.
    """
    if (data / "PG_VERSION").exists():
        return _refuse_another_version(data)
    draft = data.with_name("database.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    os.chown(draft, account.uid, account.gid)
    made = account.run("initdb", "-D", str(draft), "-U", "postgres", "--auth=trust", "--encoding=UTF8")
    if made.code:
        raise DatabaseFailed(f"PostgreSQL could not create its files under {data}:\n{made.said}")
    draft.rename(data)
    return None


def private_folders(instance: Path) -> None:
    """Keys and uploads belong to us alone, whatever was opened around them."""
    for name in PRIVATE_FOLDERS:
        folder = instance / name
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)


def socket_folder(data: Path, account: Account) -> Path:
    """Where the server shall listen: its own private folder, or one with a shorter path if that is too long."""
    if len(os.fsencode(data / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return data
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"gapline-{name}"
    if not short.exists():
        short.mkdir(mode=0o700)
        os.chown(short, account.uid, account.gid)
    if short.is_symlink() or short.stat().st_uid != account.uid:
        raise DatabaseFailed(f"{short} belongs to somebody else: give INSTANCE a shorter path")
    return short


def log_tail(data: Path, lines: int = 15) -> str:
    """The end of the server's own log, for a message to a person."""
    log = data / "server.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def _refuse_another_version(data: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip()
    if found != str(MAJOR_VERSION):
        raise DatabaseFailed(
            f"{data} was made by PostgreSQL {found}, this is {MAJOR_VERSION}: dump it with the old version "
            "and restore it into a new INSTANCE"
        )
