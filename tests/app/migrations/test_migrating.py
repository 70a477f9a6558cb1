"""Migrations make what the models say, go both ways with data in the tables, and may be run at any time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, func, select, text

from app.migrate import downgrade, owner_connection, upgrade
from app.models import METADATA
from tests.app.database.filling import fill
from tests.app.migrations.conftest import NewDatabase
from tests.app.migrations.test_revisions import revisions

VERSION = "alembic_version"
TIMEOUT = 60


def is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Procrastinate's tables have no model: they are its own release's."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def test_the_models_equal_the_tables_at_head(new_database: NewDatabase):
    address = new_database()
    upgrade(address)
    options = {"compare_type": True, "compare_server_default": True, "include_object": is_ours}
    with owner_connection(address) as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)
    assert differences == []


@pytest.mark.long
def test_every_revision_goes_up_and_down_and_up_with_data_in_the_tables(new_database: NewDatabase):
    address = new_database()
    climb(address)
    before = objects(address)
    for revision in reversed(["base", *revisions()[:-1]]):
        downgrade(address, revision)
    assert tables(address) == [VERSION]
    climb(address)
    assert objects(address) == before


@pytest.mark.long
def test_a_revision_taken_back_leaves_the_rows_of_the_others(new_database: NewDatabase):
    address = new_database()
    first, *later = revisions()
    upgrade(address, first)
    fill_what_is_empty(address)
    before = rows(address)
    for revision in later:
        upgrade(address, revision)
        fill_what_is_empty(address)
    downgrade(address, first)
    assert rows(address) == before


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(new_database: NewDatabase):
    address = new_database()
    upgrade(address)
    fill_what_is_empty(address)
    before = objects(address), rows(address)
    upgrade(address)
    assert (objects(address), rows(address)) == before


def test_two_processes_may_upgrade_at_once(new_database: NewDatabase):
    address = new_database()
    command = [sys.executable, "-c", "import sys; from app.migrate import upgrade; upgrade(sys.argv[1])", address]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=TIMEOUT)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert set(METADATA.tables) <= set(tables(address))


def test_a_revision_that_fails_leaves_nothing_behind(new_database: NewDatabase):
    address = new_database()
    with owner_connection(address) as connection:
        connection.execute(text("CREATE TABLE report (taken text)"))
    with pytest.raises(Exception, match="already exists"):
        upgrade(address)
    assert tables(address) == ["report"]


def climb(address: str) -> None:
    """Up one revision at a time; whatever tables each has brought get a row before the next comes."""
    for revision in revisions():
        upgrade(address, revision)
        fill_what_is_empty(address)
    assert all(rows(address).values())


def reflected(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != VERSION]


def fill_what_is_empty(address: str) -> None:
    with seeing_all(address) as connection:
        for table in reflected(connection):
            if not connection.scalar(select(func.count()).select_from(table)):
                fill(connection, table)


def rows(address: str) -> dict[str, list[Any]]:
    with seeing_all(address) as connection:
        return {table.name: list(connection.execute(table.select())) for table in reflected(connection)}


def tables(address: str) -> list[str]:
    with owner_connection(address) as connection:
        return sorted(connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")))


OBJECTS = """
SELECT 'column', concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'policy', concat_ws(' ', tablename, policyname, cmd, qual, with_check)
  FROM pg_policies WHERE schemaname = 'public'
UNION ALL SELECT 'table', concat_ws(' ', relname, relkind, relrowsecurity, relforcerowsecurity)
  FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT 'function', oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'type', typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
"""


def objects(address: str) -> set[tuple[str, str]]:
    """All that stands in the schema, as PostgreSQL tells it."""
    with owner_connection(address) as connection:
        return {(kind, what) for kind, what in connection.execute(text(OBJECTS))}


@contextmanager
def seeing_all(address: str) -> Iterator[Connection]:
    """As the owner, who is bound by row security too and so has to say that this is a migration."""
    with owner_connection(address) as connection:
        connection.execute(text("SELECT set_config('gapline.viewer', 'migration', true)"))
        yield connection
