"""Bringing a database to the newest form of the tables, or to any other revision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from app import models

MIGRATIONS = Path(__file__).parent.parent / "migrations"

ONE_AT_A_TIME = 7_415_001
"""The advisory lock of migrations: an arbitrary number that nothing else here uses."""


def upgrade(address: str, revision: str = "head") -> None:
    """Migrate the database at this libpq URL, which must sign in or act as the owner of the tables."""
    with _configured(address) as config:
        command.upgrade(config, revision)


def downgrade(address: str, revision: str) -> None:
    """Take migrations back to this revision (`base`: all of them)."""
    with _configured(address) as config:
        command.downgrade(config, revision)


@contextmanager
def owner_connection(address: str) -> Iterator[Connection]:
    """A SQLAlchemy connection to this libpq URL, in one transaction."""
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(address), poolclass=NullPool)
    with engine.begin() as connection:
        yield connection


@contextmanager
def _configured(address: str) -> Iterator[Config]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with owner_connection(address) as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        connection.exec_driver_sql("SELECT set_config('gapline.viewer', 'migration', true)")
        config.attributes.update(connection=connection, metadata=models.METADATA)
        yield config
