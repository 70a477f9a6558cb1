"""One embedded PostgreSQL for the whole run, migrated and loaded once, emptied of people's data after each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg.sql import SQL, Composed, Identifier, Literal
from xdist.remote import Producer

from app.database import db, transaction
from app.demo.channels import add_channels
from app.directory.load import load_data_files
from app.embedded import EmbeddedServer, start
from app.factory import create_app
from app.migrate import upgrade
from app.roles import APP, OWNER
from app.settings import Settings, load_settings
from app.viewer import COMMAND, acting_as
from tests.scheduling import Scheduling, rank

KEPT = ("alembic_version", "channel")
NOT_SHIPPED = ("directory_answer",)
"""A table of the directory for which the data files have no rows."""

SUPERUSER = "postgres"

COUNT_AGAIN = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename NOT LIKE 'directory%'
"""


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=rank)


@dataclass(frozen=True)
class Database:
    """The test server, its addresses as the app and as the owner of the tables, and a superuser's connection."""

    server: EmbeddedServer
    app_url: str
    owner_url: str
    keeper: psycopg.Connection = field(repr=False)

    def empty(self) -> None:
        """Delete all rows but those of the directory and the channels, and count again from 1.

        Only what holds rows is emptied: TRUNCATE of every table took 130 ms after each test, this takes 5.
        """
        for (table,) in self.keeper.execute(_those_with_rows(self.keeper)).fetchall():
            self.keeper.execute(SQL("DELETE FROM {}").format(Identifier(table)))
        self.keeper.execute(COUNT_AGAIN)


def _those_with_rows(connection: psycopg.Connection) -> Composed:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    tables = [
        name for (name,) in found if name in NOT_SHIPPED or not (name in KEPT or name.startswith("directory_"))
    ]
    one = SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    return SQL(" UNION ALL ").join(one.format(Literal(table), Identifier(table)) for table in tables)


@pytest.fixture(scope="session")
def instance() -> Iterator[Path]:
    """An instance folder with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="gapline-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def settings(instance: Path, server: EmbeddedServer) -> Settings:
    environment = {
        "INSTANCE": str(instance),
        "DATABASE_URL": server.url(APP),
        "PUBLIC_URL": "https://gapline.test",
    }
    return load_settings(environment)


@pytest.fixture(scope="session")
def server(instance: Path) -> Iterator[EmbeddedServer]:
    """Nothing of it outlives the run, so it need not wait for the disk."""
    running = start(instance)
    with psycopg.connect(running.url(SUPERUSER), autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(SQL("ALTER SYSTEM SET {} = off").format(Identifier(name)))
        connection.execute("SELECT pg_reload_conf()")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def whole_app(settings: Settings, server: EmbeddedServer) -> Iterator[Flask]:
    """The application on a migrated database with the directory and the demo's channels."""
    upgrade(server.url(OWNER))
    app = create_app(settings, pool_size=30)
    app.testing = True
    with app.app_context(), acting_as(COMMAND), transaction() as session:
        load_data_files(session)
        add_channels(session, settings, app.extensions["vault"])
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def database(whole_app: Flask, server: EmbeddedServer) -> Iterator[Database]:
    assert whole_app
    with psycopg.connect(server.url(SUPERUSER), autocommit=True) as keeper:
        keeper.execute("SET session_replication_role = replica")  # foreign keys then need no order of deletion
        yield Database(server, server.url(APP), server.url(OWNER), keeper)


@pytest.fixture
def app(whole_app: Flask, database: Database) -> Iterator[Flask]:
    """The application, with an app context; no viewer is set."""
    with whole_app.app_context():
        yield whole_app
    database.empty()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
