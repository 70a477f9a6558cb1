"""The whole product as a person starts it: a process, its output, and everything it has started."""

from __future__ import annotations

import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PROJECT = Path(__file__).parents[2]
SUPERVISOR = (sys.executable, "-m", "app.supervisor")
MAKE = ("make", "--no-print-directory", "run")
SETTINGS = ("DATABASE_URL", "HOST", "INSTANCE", "MODE", "PORT", "PUBLIC_URL", "SECRET_KEY", "FIELD_KEYS")


@dataclass(frozen=True)
class Product:
    """One start of the product."""

    process: subprocess.Popen[bytes]
    instance: Path
    port: int
    output: Path

    @property
    def said(self) -> str:
        return (self.output / "stdout").read_text()

    @property
    def logged(self) -> str:
        return (self.output / "stderr").read_text()

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def is_ready(self) -> bool:
        try:
            return self.get("/readyz")[0] == 200
        except OSError:
            return False

    def wait_until_ready(self) -> None:
        wait_for(lambda: "Gapline is ready" in self.said or self.process.poll() is not None, self.logged)
        assert self.process.poll() is None, self.logged

    def end(self, *signals: signal.Signals) -> int:
        """Send these signals one after the other; returns the exit code."""
        for number in signals:
            self.process.send_signal(number)
        return self.process.wait(30)

    def supervisor(self) -> psutil.Process:
        """The supervisor itself, also below `make`."""
        own = psutil.Process(self.process.pid)
        return next(p for p in [own, *own.children()] if "app.supervisor" in p.cmdline())

    def child(self, of: str) -> psutil.Process:
        return next(p for p in self.supervisor().children() if any(of in part for part in p.cmdline()))


def wait_for(condition: Callable[[], bool], otherwise: str = "", seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


def left_behind(instance: Path) -> list[psutil.Process]:
    """Every process that belongs to this instance: by its environment, or by working in its folder."""
    return [p for p in psutil.process_iter() if _belongs_to(p, instance)]


def _belongs_to(process: psutil.Process, instance: Path) -> bool:
    try:
        if process.environ().get("INSTANCE") == str(instance):
            return True
        return Path(process.cwd()).is_relative_to(instance)
    except (psutil.Error, OSError):
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def new_instance() -> Iterator[Path]:
    """A folder that is removed at the end, together with whatever still runs for it."""
    folder = Path(tempfile.mkdtemp(prefix="run")).resolve()
    try:
        yield folder
    finally:
        for process in left_behind(folder):
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def start_once(kept: Path) -> Path:
    """Where a demo lies that has had its first start: made under `kept` by the first of the processes that ask."""
    kept.mkdir(exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "demo").exists():
            with new_instance() as instance:
                with started(instance) as product:
                    product.wait_until_ready()
                    product.end(signal.SIGTERM)
                copy(instance, kept / "demo")
    return kept / "demo"


def copy(instance: Path, to: Path) -> None:
    """With its owners: PostgreSQL runs as another user where we are root."""
    subprocess.run(["cp", "-a", f"{instance}/.", to], check=True)


@contextmanager
def started(instance: Path, command: tuple[str, ...] = SUPERVISOR, **settings: str) -> Iterator[Product]:
    """The product, starting; still running at the end of the block only if a test failed."""
    port = int(settings.pop("PORT", "0")) or free_port()
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    environment |= {"INSTANCE": str(instance), "PORT": str(port), **settings}
    output = Path(tempfile.mkdtemp(prefix="out"))
    with (output / "stdout").open("wb") as said, (output / "stderr").open("wb") as logged:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=said, stderr=logged)
    try:
        yield Product(process, instance, port, output)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        shutil.rmtree(output)
