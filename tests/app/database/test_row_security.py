"""The last wall: PostgreSQL itself shows a viewer only what is theirs, past every lock of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Composed, Identifier

from app.database import SAY_WHO, who
from app.embedded import EmbeddedServer
from app.models import METADATA
from app.reports.models import Report
from app.roles import APP, OWNER
from app.viewer import Viewer
from tests.app.database.matrix import MATRIX
from tests.app.database.rows import OURS, THEIRS
from tests.app.database.world import KINDS, MODELS, World
from tests.conftest import Database

Connection = psycopg.Connection[Any]

GUARDED = [model for model in MODELS if not MATRIX[model.__name__].is_public]
NOT_OURS = {"alembic_version": "the number of a revision"} | dict.fromkeys(
    ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers"),
    "opaque identifiers: Procrastinate logs them",
)
"""Tables without a model, and why they need no policy."""

PARTNERS = ("partner_member", "partner_lead")
each_viewer = pytest.mark.parametrize("kind", KINDS)
each_guarded = pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__tablename__)
each_role = pytest.mark.parametrize("role", [APP, OWNER])


@pytest.fixture
def address(world: World, database: Database) -> str:
    return database.app_url


@contextmanager
def connected(address: str, viewer: Viewer | None) -> Iterator[Connection]:
    """A bare connection that says who it is, as the session does, or says nothing; what it writes is undone."""
    with psycopg.connect(address) as connection:
        if viewer:
            connection.execute(SAY_WHO, who(viewer))
        yield connection
        connection.rollback()


def keys_in(model: Any, statement: str) -> Composed:
    """This statement, with the table and its primary key for {table} and {key}."""
    keys = SQL(", ").join(Identifier(column.name) for column in model.__table__.primary_key)
    first = Identifier(next(iter(model.__table__.primary_key)).name)
    return SQL(statement).format(table=Identifier(model.__tablename__), keys=keys, first=first)


@each_viewer
def test_a_bare_connection_sees_what_the_viewer_may_see(world: World, address: str, kind: str):
    for model in GUARDED:
        with connected(address, world.viewers[kind]) as connection:
            found = connection.execute(keys_in(model, "SELECT {keys} FROM {table}")).fetchall()
        assert set(found) == world.seen(model, kind), model.__name__


@each_viewer
def test_a_bare_connection_changes_what_the_viewer_may_write(world: World, address: str, kind: str):
    for model in GUARDED:
        with connected(address, world.viewers[kind]) as connection:
            changed = connection.execute(keys_in(model, "UPDATE {table} SET {first} = {first}"))
            assert changed.rowcount == len(world.written(model, kind)), model.__name__


@each_guarded
def test_who_does_not_say_who_they_are_sees_and_changes_nothing(address: str, model: Any):
    with connected(address, None) as connection:
        assert connection.execute(keys_in(model, "SELECT {keys} FROM {table}")).fetchall() == []
        assert connection.execute(keys_in(model, "UPDATE {table} SET {first} = {first}")).rowcount == 0
        assert connection.execute(keys_in(model, "DELETE FROM {table}")).rowcount == 0


@each_guarded
def test_the_owner_of_the_tables_is_bound_too(database: Database, address: str, model: Any):
    assert address
    with connected(database.owner_url, None) as connection:
        assert connection.execute(keys_in(model, "SELECT {keys} FROM {table}")).fetchall() == []


@pytest.mark.parametrize("kind", PARTNERS)
def test_no_statement_moves_a_report_to_another_partner(world: World, address: str, kind: str):
    with connected(address, world.viewers[kind]) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute("UPDATE report SET entry_point = %s WHERE entry_point = %s", (THEIRS, OURS))


@pytest.mark.parametrize("kind", [*PARTNERS, "desk", "reviewer", "administrator", "public"])
@pytest.mark.parametrize("table", ["report_event", "report_answer"])
def test_no_statement_adds_to_anothers_report(world: World, address: str, kind: str, table: str):
    (foreign,) = (set(world.owners[Report]) - world.seen(Report, kind)).pop()
    column = "kind" if table == "report_event" else "body"
    statement = SQL("INSERT INTO {} (report_id, by, {}, id) VALUES (%s, 'x', 'x', {})").format(
        Identifier(table), Identifier(column), SQL("1000000" if column == "kind" else "gen_random_uuid()")
    )
    with connected(address, world.viewers[kind]) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement, (foreign,))


def test_every_table_of_reports_or_people_has_a_policy_that_binds_its_owner_too(database: Database):
    with psycopg.connect(database.owner_url) as connection:
        bound = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND relrowsecurity AND relforcerowsecurity"
            " AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)"
        ).fetchall()
    assert {name for (name,) in bound} == {model.__tablename__ for model in GUARDED}


def test_every_table_without_a_model_is_named_with_the_reason(database: Database):
    with psycopg.connect(database.owner_url) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert {name for (name,) in found} - set(METADATA.tables) == set(NOT_OURS)


def test_a_view_does_not_lead_around_the_policies(database: Database):
    """A view reads as whoever owns it; there is none, so nobody has to think of it."""
    with psycopg.connect(database.owner_url) as connection:
        views = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
        assert connection.execute(views).fetchall() == []


def test_no_function_runs_with_its_owners_rights(database: Database):
    with psycopg.connect(database.owner_url) as connection:
        definers = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        assert connection.execute(definers).fetchall() == []


@each_role
def test_our_roles_do_not_pass_by_row_security(database: Database, role: str):
    with psycopg.connect(database.server.url(role)) as connection:
        rights = connection.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert rights == (role, False, False, False, False, False)


def test_the_app_owns_no_table_and_cannot_become_the_owner(database: Database):
    with psycopg.connect(database.app_url) as connection:
        owned = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"
        ).fetchone()
        becomes = connection.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", (OWNER,)).fetchone()
    assert (owned, becomes) == ((0,), (False,))


def test_the_session_works_as_the_app(world: World):
    with world.acting("worker") as session:
        driver = session.connection().connection.driver_connection
        assert driver.execute("SELECT current_user").fetchone() == (APP,)


def test_what_is_said_lasts_for_one_transaction(world: World):
    """The next request may get the same connection from the pool."""
    with world.acting("worker") as session:
        driver = session.connection().connection.driver_connection
        assert driver.execute("SELECT current_setting('gapline.viewer')").fetchone() == ("worker",)
        session.rollback()
        assert driver.execute("SELECT current_setting('gapline.viewer', true)").fetchone() == ("",)
        driver.rollback()


def test_a_search_may_use_its_index_behind_row_security(server: EmbeddedServer) -> None:
    asked = "SELECT proleakproof FROM pg_proc WHERE oid = 'pg_catalog.ts_match_vq(tsvector, tsquery)'::regprocedure"
    with psycopg.connect(server.url(APP)) as connection:
        assert connection.execute(asked).fetchone() == (True,)
