"""One embedded PostgreSQL for the whole run, migrated and loaded once, emptied of people's data after each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import db, transaction
from app.demo.channels import add_channels
from app.directory.load import load_data_files
from app.embedded import EmbeddedServer, start
from app.factory import create_app
from app.migrate import upgrade
from app.roles import APP, OWNER
from app.settings import Settings, load_settings
from app.viewer import COMMAND, acting_as

KEPT = ("alembic_version", "channel")


@dataclass(frozen=True)
class Database:
    """The test server, and its addresses as the app and as the owner of the tables."""

    server: EmbeddedServer
    app_url: str
    owner_url: str

    def empty(self) -> None:
        """Delete all rows but those of the directory and the channels."""
        with psycopg.connect(self.owner_url) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [name for (name,) in found if name not in KEPT and not name.startswith("directory_")]
            connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")


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
    running = start(instance)
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
def database(whole_app: Flask, server: EmbeddedServer) -> Database:
    assert whole_app
    return Database(server, server.url(APP), server.url(OWNER))


@pytest.fixture
def app(whole_app: Flask, database: Database) -> Iterator[Flask]:
    """The application, with an app context; no viewer is set."""
    with whole_app.app_context():
        yield whole_app
    database.empty()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
