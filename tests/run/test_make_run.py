from __future__ import annotations

import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from app import embedded
from app.embedded import EmbeddedServer
from app.settings import new_field_keys, new_secret
from tests.run.external import external_server
from tests.run.product import MAKE, Product, left_behind, new_instance, started, wait_for

SESSIONS = (
    "SELECT DISTINCT usename FROM pg_stat_activity"
    " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
POWERFUL = "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND rolname LIKE 'gapline%'"
OWNERS = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"

PRODUCTION = {
    "PUBLIC_URL": "https://gapline.test",
    "SECRET_KEY": new_secret(),
    "FIELD_KEYS": new_field_keys(),
}


def column(url: str, query: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {value for (value,) in connection.execute(query)}


def database_of(instance: Path) -> EmbeddedServer:
    server = embedded.find_running(instance)
    assert server
    return server


def references(instance: Path) -> set[str]:
    return column(database_of(instance).url("postgres"), "SELECT reference FROM report")


@pytest.fixture(scope="module")
def instance() -> Iterator[Path]:
    """Used by several runs, one after the other."""
    with new_instance() as folder:
        yield folder


@pytest.fixture(scope="module")
def running(instance: Path) -> Iterator[Product]:
    """The first run, by `make run`."""
    with started(instance, MAKE) as product:
        product.wait_until_ready()
        yield product


class TestAFirstRun:
    def test_lives_and_is_ready(self, running: Product):
        assert running.get("/healthz")[0] == 200
        assert running.get("/readyz")[0] == 200

    def test_says_where_it_is_and_how_to_sign_in_and_nothing_else(self, running: Product):
        first, *others = running.said.splitlines()
        assert first == f"Gapline is ready at http://127.0.0.1:{running.port}"
        assert any("@demo.example" in line for line in others)
        assert not any("gapline:" in line or "INFO" in line for line in others)

    def test_remembers_its_address_for_commands(self, running: Product):
        assert (running.instance / "public_url").read_text().strip() == f"http://127.0.0.1:{running.port}"

    def test_keeps_its_folder_to_itself(self, running: Product):
        assert not stat.S_IMODE(running.instance.stat().st_mode) & 0o067
        assert stat.S_IMODE((running.instance / "keys").stat().st_mode) == 0o700

    def test_lets_web_and_worker_in_with_no_power_over_the_database(self, running: Product):
        server = database_of(running.instance)
        assert column(server.url("postgres"), SESSIONS) == {"gapline_app"}
        assert column(server.url("postgres"), POWERFUL) == set()
        assert column(server.url("postgres"), OWNERS) == {"gapline_owner"}

    def test_refuses_a_second_run_on_the_same_instance(self, running: Product):
        with started(running.instance) as second:
            assert second.process.wait(20) == 1
            assert f"already running on {running.instance}" in second.logged
        assert running.is_ready()

    def test_refuses_a_port_that_is_taken_before_it_starts_anything(self, running: Product):
        with new_instance() as other, started(other, PORT=str(running.port)) as second:
            assert second.process.wait(20) == 1
            assert f"port {running.port}" in second.logged
            assert not (other / "database").exists()

    @pytest.mark.parametrize("program", ["granian", "app.worker"])
    def test_restarts_what_was_killed_with_all_it_had_started(self, running: Product, program: str):
        before = running.child(program)
        below = before.children()
        before.kill()
        wait_for(lambda: any(p != before and program in p.cmdline() for p in running.supervisor().children()))
        wait_for(running.is_ready)
        assert not [p for p in below if p.is_running()]

    def test_restarts_its_database(self, running: Product):
        before = references(running.instance)
        data = database_of(running.instance).data
        psutil.Process(int((data / "postmaster.pid").read_text().split()[0])).kill()
        wait_for(lambda: "starting it again" in running.logged)
        wait_for(running.is_ready)
        assert references(running.instance) == before

    def test_ends_with_make_and_leaves_no_process(self, running: Product):
        supervisor = running.supervisor()
        running.end(signal.SIGTERM)
        psutil.wait_procs([supervisor], timeout=30)
        assert left_behind(running.instance) == []
        assert not (running.instance / "supervisor.pid").exists()


def test_later_runs_keep_the_data_and_recover_from_a_kill(instance: Path):
    with started(instance) as second:
        second.wait_until_ready()
        before = references(instance)
        assert before
        second.end(signal.SIGKILL)
    with started(instance) as third:
        third.wait_until_ready()
        assert references(instance) == before
        assert third.end(signal.SIGINT, signal.SIGINT) == 0
    assert left_behind(instance) == []


def test_a_killed_make_takes_everything_with_it(instance: Path):
    with started(instance, MAKE) as product:
        wait_for(lambda: "preparing" in product.logged)
        product.end(signal.SIGKILL)
        wait_for(lambda: left_behind(instance) == [], seconds=30)


@pytest.mark.parametrize("moment", ["starting the database", "preparing", "starting web"])
def test_a_start_that_is_interrupted_leaves_no_process(instance: Path, moment: str):
    with started(instance) as product:
        wait_for(lambda: moment in product.logged)
        assert product.end(signal.SIGTERM, signal.SIGINT, signal.SIGTERM) == 0
    assert left_behind(instance) == []


def test_production_uses_the_database_of_database_url_and_embeds_nothing():
    with external_server() as server, new_instance() as instance:
        url = server.new_database("elsewhere")
        with started(instance, MODE="production", DATABASE_URL=url, **PRODUCTION) as product:
            product.wait_until_ready()
            assert column(url, SESSIONS) == {"operator"}
            assert column(url, POWERFUL) == set()
            assert column(url, OWNERS) == {"gapline_owner"}
            assert not (instance / "database").exists()
            assert product.said.splitlines() == ["Gapline is ready at https://gapline.test"]
            assert product.end(signal.SIGTERM) == 0
        assert left_behind(instance) == []


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"PORT": "99999"}, "PORT must be a number"),
        ({"MODE": "production"}, "must be set in production"),
        ({"DATABASE_URL": "postgresql://somebody:s3cret@127.0.0.1:1/none"}, "DATABASE_URL cannot be used"),
        ({"DATABASE_URL": "postgresql://somebody:s3cret@host/none?nonsense=1"}, "DATABASE_URL is not a URL"),
        ({"HOST": "192.0.2.1"}, "Cannot listen on 192.0.2.1"),
    ],
)
def test_what_cannot_work_is_said_in_a_sentence(settings: dict[str, str], message: str):
    with new_instance() as instance, started(instance, **settings) as product:
        assert product.process.wait(30) == 1
        assert message in product.logged
        assert "s3cret" not in product.logged
        assert "Traceback" not in product.logged
        assert product.said == ""
