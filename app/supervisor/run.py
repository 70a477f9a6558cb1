"""The order of a run: settings, claim, port, database, set-up, programs, ready; and the way back."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from app import embedded, roles
from app.settings import BadSettings, Settings, load_settings
from app.supervisor import children, listening, tether
from app.supervisor.children import Child, Program
from app.supervisor.claim import AlreadyRunning, claim
from app.supervisor.database import Database, DatabaseUnusable, opened
from app.supervisor.leftovers import marks
from app.supervisor.preparing import SetUpFailed, prepare
from app.supervisor.signals import StopRequested, stop_on_signal

log = logging.getLogger("gapline.supervisor")

READY_WITHIN = 90
"""Seconds until a web server that does not become ready is a failed start."""

LOOK_EVERY = 0.25
"""Seconds between two looks at what we keep running."""

WEB_OPTIONS = (
    *("--interface", "wsgi", "--workers", "2", "--blocking-threads", "8", "--respawn-failed-workers"),
    *("--workers-kill-timeout", "4", "--no-access-log", "--log-level", "error"),
)
"""docs/decisions/0003-granian.md. A worker that is still loading the application does not hear SIGTERM, hence the
limit in seconds. No access log: it would hold the addresses of people who report.
"""


class NotReady(RuntimeError):
    """The web server did not answer that it is ready."""


REFUSALS = (
    BadSettings,
    AlreadyRunning,
    listening.PortTaken,
    embedded.DatabaseFailed,
    roles.RolesMissing,
    roles.ServerTooOld,
    DatabaseUnusable,
    SetUpFailed,
    NotReady,
)
"""What a person can mend: told in a sentence, without a traceback."""


def main(environ: Mapping[str, str] = os.environ) -> int:
    """Run until a signal comes. Returns the exit code: 0 when asked to stop, 1 when it could not start."""
    _log_to_standard_error()
    if make := tether.launching_make():
        tether.tie_to(make.pid)
    try:
        with stop_on_signal():
            _run(environ)
    except StopRequested as request:
        log.info("stopped (%s)", request)
        return 0
    except REFUSALS as refusal:
        log.error("%s", refusal)
    except Exception:
        log.exception("unexpected failure")
    return 1


def _run(environ: Mapping[str, str]) -> None:
    settings = load_settings(_with_own_address(environ))
    _close_to_others(settings.instance)
    host = environ.get("HOST") or "127.0.0.1"
    with ExitStack() as until_stopped:
        run = until_stopped.enter_context(claim(settings.instance))
        listening.check_free(host, settings.port)
        log.info("starting the database")
        database = until_stopped.enter_context(opened(settings))
        (settings.instance / "public_url").write_text(settings.public_url + "\n")
        environment = {**environ, **_passed_on(settings), **marks(settings.instance, run.name)}
        log.info("preparing tables, directory and channels")
        lines = prepare(environment)
        log.info("starting web and worker")
        programs = _programs(host, settings.port, {**environment, "DATABASE_URL": database.url})
        crew = until_stopped.enter_context(children.running(programs))
        _wait_until_ready(host, settings.port, crew)
        _tell(settings, lines)
        _keep_up(database, crew)


def _with_own_address(environ: Mapping[str, str]) -> Mapping[str, str]:
    """Without PUBLIC_URL, a demo is at its own PORT: not at the one an earlier run has left in the folder."""
    if environ.get("PUBLIC_URL") or environ.get("MODE") == "production":
        return environ
    return {**environ, "PUBLIC_URL": f"http://127.0.0.1:{environ.get('PORT') or 8000}"}


def _close_to_others(instance: Path) -> None:
    """0700; as root, what `embedded` opened to PostgreSQL's own group may stay."""
    most = 0o710 if os.geteuid() == 0 else 0o700
    instance.chmod(instance.stat().st_mode & most)


def _passed_on(settings: Settings) -> dict[str, str]:
    """As understood here, so that no default is worked out twice."""
    return {
        "INSTANCE": str(settings.instance),
        "MODE": settings.mode,
        "PORT": str(settings.port),
        "PUBLIC_URL": settings.public_url,
    }


def _programs(host: str, port: int, environment: Mapping[str, str]) -> tuple[Program, Program]:
    web = (sys.executable, "-m", "granian", *WEB_OPTIONS, "--host", host, "--port", str(port), "wsgi:application")
    worker = (sys.executable, "-m", "app.worker")
    return Program("web", web, environment), Program("worker", worker, environment)


def _wait_until_ready(host: str, port: int, crew: Sequence[Child]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not listening.is_ready(host, port):
        if time.monotonic() > deadline:
            raise NotReady(f"The web server was not ready within {READY_WITHIN} seconds: see the log above")
        for child in crew:
            child.keep_up()
        time.sleep(0.05)


def _tell(settings: Settings, lines: Sequence[str]) -> None:
    """The only thing on standard output, so it can be read and cut by other programs."""
    print(f"Gapline is ready at {settings.public_url}", *lines, sep="\n", flush=True)


def _keep_up(database: Database, crew: Sequence[Child]) -> None:
    while True:
        time.sleep(LOOK_EVERY)
        database.keep_up()
        for child in crew:
            child.keep_up()


def _log_to_standard_error() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("gapline: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
