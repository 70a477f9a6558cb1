from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest

from app import embedded
from app.embedded import EmbeddedServer, lend, postmaster
from app.settings import load_settings
from app.supervisor.children import PROJECT
from tests.app.supervisor.conftest import short_folder

Start = Callable[[], EmbeddedServer]

BORROWER = """
import sys, time
from pathlib import Path
from app.embedded import {how}
{body}
"""
LENDING = BORROWER.format(
    how="lend",
    body="with lend(Path(sys.argv[1])) as s:\n    print(s.url('postgres'), flush=True)\n    sys.stdin.readline()",
)
RESOLVING = BORROWER.format(
    how="resolve_url",
    body="from app.settings import load_settings\n"
    "s = load_settings({'INSTANCE': sys.argv[1]})\n"
    "print(resolve_url(s, 'gapline_app'), resolve_url(s, 'gapline_owner'), flush=True)\nsys.stdin.readline()",
)


@dataclass
class Borrower:
    """Another process that uses the server until it reads a line."""

    process: subprocess.Popen[str]
    said: str

    def finish(self) -> int:
        self.process.communicate("\n", timeout=20)
        return self.process.returncode

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=20)
        return self.process.returncode


def borrower(instance: Path, script: str = LENDING) -> Borrower:
    command = [sys.executable, "-c", script, str(instance)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    return Borrower(process, process.stdout.readline().strip())


def put_one_row(server: EmbeddedServer) -> None:
    with psycopg.connect(server.url("gapline_owner")) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")


def rows(server: EmbeddedServer) -> list[tuple[int]]:
    with psycopg.connect(server.url("gapline_app")) as connection:
        return connection.execute("SELECT n FROM kept").fetchall()


def kill_everything(server: EmbeddedServer) -> str:
    """As a power cut would: all at once. Returns what stood in the pid file."""
    pid_file = (server.data / "postmaster.pid").read_text()
    main = postmaster.process(server.data)
    every = [main, *main.children()]
    for process in every:
        process.kill()
    psutil.wait_procs(every, timeout=5)
    return pid_file


def pretend_to_be(pid: int, server: EmbeddedServer, pid_file: str) -> None:
    changed = "\n".join([str(pid), *pid_file.splitlines()[1:], ""])
    (server.data / "postmaster.pid").write_text(changed)
    (server.sockets / ".s.PGSQL.5432.lock").write_text(changed)


def test_a_server_starts_stops_and_keeps_its_data(start: Start, used_instance: Path):
    server = start()
    put_one_row(server)
    server.stop()
    assert embedded.find_running(used_instance) is None
    assert rows(start()) == [(1,)]


def test_it_takes_200_connections_and_none_from_the_network(server: EmbeddedServer):
    with psycopg.connect(server.url("gapline_app")) as connection:
        assert connection.execute("SHOW max_connections").fetchone() == ("200",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_text_sorts_the_same_on_every_machine(server: EmbeddedServer):
    with psycopg.connect(server.url("gapline_app")) as connection:
        query = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()"
        assert connection.execute(query).fetchone() == ("b", "C.UTF-8")


def test_errors_put_no_words_of_a_citizen_into_the_log(server: EmbeddedServer):
    with psycopg.connect(server.url("gapline_app"), autocommit=True) as connection:
        with pytest.raises(psycopg.errors.UndefinedTable):
            connection.execute("SELECT 'the clinic has no drugs' FROM missing")
        connection.execute("CREATE TEMP TABLE t (words text UNIQUE)")
        connection.execute("INSERT INTO t VALUES ('the well is dry')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO t VALUES ('the well is dry')")
    log = (server.data / "server.log").read_text()
    assert "duplicate key" in log
    assert "clinic" not in log
    assert "well" not in log


def test_keys_and_uploads_are_private_and_the_instance_is_closed_to_strangers(start: Start, used_instance: Path):
    (used_instance / "keys").chmod(0o755)
    start()
    for name in ("keys", "uploads"):
        assert stat.S_IMODE((used_instance / name).stat().st_mode) == 0o700
    assert not stat.S_IMODE(used_instance.stat().st_mode) & 0o067


def test_it_recovers_when_everything_was_killed(start: Start):
    server = start()
    put_one_row(server)
    kill_everything(server)
    assert rows(start()) == [(1,)]


def test_it_recovers_when_the_process_id_belongs_to_somebody_else_by_now(start: Start, used_instance: Path):
    server = start()
    put_one_row(server)
    pretend_to_be(os.getpid(), server, kill_everything(server))
    assert embedded.find_running(used_instance) is None
    assert rows(start()) == [(1,)]


def test_it_recovers_when_the_process_id_belongs_to_another_postgresql(start: Start, server: EmbeddedServer):
    mine = start()
    put_one_row(mine)
    pretend_to_be(postmaster.process(server.data).pid, mine, kill_everything(mine))
    assert rows(start()) == [(1,)]
    assert server.is_running


@pytest.mark.parametrize("content", ["", "12", "not a number\n", "999999999\nrubbish"])
def test_it_recovers_from_a_pid_file_that_was_cut_short(start: Start, content: str):
    server = start()
    server.stop()
    (server.data / "postmaster.pid").write_text(content)
    assert start().is_running


def test_only_the_main_process_killed_leaves_no_second_writer(start: Start):
    server = start()
    put_one_row(server)
    with psycopg.connect(server.url("gapline_app"), autocommit=True) as busy:
        backend = psutil.Process(busy.info.backend_pid)
        postmaster.process(server.data).kill()
        again = start()
        assert not backend.is_running() or backend.status() == psutil.STATUS_ZOMBIE
    assert rows(again) == [(1,)]


def test_an_initialisation_that_was_killed_half_way_is_begun_anew(instance: Path):
    (instance / "database.new").mkdir()
    (instance / "database.new" / "PG_VERSION").write_text("18\n")
    with lend(instance) as server:
        put_one_row(server)


def test_files_of_another_version_are_refused_untouched(instance: Path):
    (instance / "database").mkdir()
    (instance / "database" / "PG_VERSION").write_text("16\n")
    with pytest.raises(embedded.DatabaseFailed, match="made by PostgreSQL 16"):
        embedded.start(instance)
    assert os.listdir(instance / "database") == ["PG_VERSION"]


def test_a_server_that_cannot_start_says_why(start: Start, used_instance: Path):
    configuration = used_instance / "database" / "postgresql.conf"
    before = configuration.read_text()
    configuration.write_text("no_such_setting = 1\n")
    try:
        with pytest.raises(embedded.DatabaseFailed, match="no_such_setting"):
            start()
    finally:
        configuration.write_text(before)
    assert embedded.find_running(used_instance) is None


def test_an_instance_with_a_long_path_and_a_blank_in_it_works():
    above = short_folder()
    instance = above / ("long path " * 10).strip()
    instance.mkdir()
    server = embedded.start(instance)
    try:
        put_one_row(server)
        assert rows(server) == [(1,)]
        assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    finally:
        server.stop()
        shutil.rmtree(server.sockets)
        shutil.rmtree(above)


def test_a_strange_locale_and_postgresql_variables_do_not_matter(instance: Path, monkeypatch: pytest.MonkeyPatch):
    for name, value in {"LANG": "xx_YY.UTF-8", "PGPORT": "9", "PGDATA": "/nowhere", "PGHOST": "nowhere"}.items():
        monkeypatch.setenv(name, value)
    with lend(instance) as server:
        put_one_row(server)


def test_a_command_attaches_to_the_running_server_and_leaves_it_running(start: Start, used_instance: Path):
    server = start()
    with lend(used_instance) as lent:
        assert lent == server
    assert server.is_running


def test_a_command_alone_starts_its_own_server_and_stops_it(used_instance: Path):
    with lend(used_instance) as lent:
        assert lent.is_running
    assert embedded.find_running(used_instance) is None


def test_a_command_that_exits_stops_its_own_server(used_instance: Path):
    with pytest.raises(SystemExit), lend(used_instance):
        sys.exit(3)
    assert embedded.find_running(used_instance) is None


@pytest.mark.parametrize("script", [LENDING, RESOLVING])
def test_a_command_that_is_told_to_end_stops_its_own_server(used_instance: Path, script: str):
    assert borrower(used_instance, script).end(signal.SIGTERM) == 128 + signal.SIGTERM
    assert embedded.find_running(used_instance) is None


def test_the_last_of_several_commands_stops_the_server(used_instance: Path):
    first, second = borrower(used_instance), borrower(used_instance)
    assert first.finish() == 0
    assert embedded.find_running(used_instance)
    assert second.finish() == 0
    assert embedded.find_running(used_instance) is None


def test_a_killed_command_does_not_count_as_a_user_any_more(used_instance: Path):
    borrower(used_instance).end(signal.SIGKILL)
    assert embedded.find_running(used_instance)
    with lend(used_instance):
        pass
    assert embedded.find_running(used_instance) is None


def test_a_start_that_is_interrupted_leaves_no_server(start: Start, used_instance: Path):
    start().stop()
    command = [sys.executable, "-c", LENDING, str(used_instance)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=PROJECT)
    while not (used_instance / "database" / "postmaster.pid").exists():
        time.sleep(0.001)
    process.terminate()
    process.communicate(timeout=20)
    assert embedded.find_running(used_instance) is None


def test_the_application_uses_the_embedded_server_as_the_role_it_names(used_instance: Path):
    child = borrower(used_instance, RESOLVING)
    for url, role in zip(child.said.split(), ("gapline_app", "gapline_owner"), strict=True):
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT session_user").fetchone() == (role,)
    assert child.finish() == 0
    assert embedded.find_running(used_instance) is None


def test_with_a_database_url_no_server_is_started(instance: Path):
    settings = load_settings({"INSTANCE": str(instance), "DATABASE_URL": "postgresql://h/d"})
    assert embedded.resolve_url(settings, "gapline_app") == "postgresql://h/d?options=-c%20role%3Dgapline_app"
    assert not (instance / "database").exists()
