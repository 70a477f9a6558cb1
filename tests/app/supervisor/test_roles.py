from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from app import roles
from app.embedded import EmbeddedServer
from app.roles import APP, OWNER, RolesMissing, with_role
from tests.run.external import ExternalServer

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)


def ask(url: str, query: str) -> tuple:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()


def fresh(external: ExternalServer, login: str = "operator") -> str:
    return external.new_database(f"d{uuid4().hex}", login)


def database_of(url: str) -> str:
    return conninfo_to_dict(url)["dbname"]


def forget_roles(external: ExternalServer) -> None:
    """As on a server that has never seen Gapline: roles belong to the server, not to a database."""
    with psycopg.connect(external.url("postgres", "postgres"), autocommit=True) as connection:
        databases = connection.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^d[0-9a-f]{32}$'"
        ).fetchall()
        for (name,) in databases:
            connection.execute(SQL("DROP DATABASE {}").format(Identifier(name)))
        connection.execute(SQL("DROP ROLE IF EXISTS {}, {}").format(Identifier(OWNER), Identifier(APP)))


def test_a_url_takes_on_a_role():
    assert (
        with_role("postgresql://u:p@h:5433/d", APP) == "postgresql://u:p@h:5433/d?options=-c%20role%3Dgapline_app"
    )


def test_options_that_the_url_has_already_are_kept():
    url = with_role("postgresql://h/d?options=-c%20statement_timeout%3D5s&sslmode=require", OWNER)
    assert conninfo_to_dict(url)["options"] == "-c statement_timeout=5s -c role=gapline_owner"
    assert conninfo_to_dict(url)["sslmode"] == "require"


def test_the_last_role_taken_on_counts(server: EmbeddedServer):
    url = with_role(with_role(server.url("postgres"), OWNER), APP)
    assert ask(url, "SELECT current_user") == (APP,)


@given(password=TEXT, options=st.none() | TEXT)
def test_a_role_changes_nothing_else_in_any_url(password: str, options: str | None):
    quoted = "".join(f"%{byte:02X}" for byte in password.encode())
    url = f"postgresql://h1,h2:6/d?password={quoted}&application_name=a+b"
    before = conninfo_to_dict(url)
    if options is not None:
        url += "&options=" + "".join(f"%{byte:02X}" for byte in options.encode())
    after = conninfo_to_dict(with_role(url, APP))
    assert after.pop("options") == " ".join([*([options] if options is not None else []), "-c role=gapline_app"])
    assert after == before


@pytest.mark.parametrize("role", [OWNER, APP])
def test_on_the_embedded_server_each_role_signs_in_without_power_over_it(server: EmbeddedServer, role: str):
    query = (
        "SELECT session_user, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
        " FROM pg_roles WHERE rolname = session_user"
    )
    assert ask(server.url(role), query) == (role, False, False, False, False, False)


@pytest.mark.parametrize("role", [OWNER, APP])
def test_on_an_external_server_the_login_becomes_each_role_but_nobody_signs_in_as_it(
    external: ExternalServer, role: str
):
    url = fresh(external)
    roles.prepare(url)
    query = "SELECT current_user, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = current_user"
    assert ask(with_role(url, role), query) == (role, False, False, False)


def test_what_the_owner_makes_the_app_may_use_but_not_change_the_shape_of(external: ExternalServer):
    url = fresh(external)
    roles.prepare(url)
    with psycopg.connect(with_role(url, OWNER)) as owner:
        owner.execute("CREATE TABLE t (id serial PRIMARY KEY, n int)")
        owner.execute("CREATE FUNCTION three() RETURNS int LANGUAGE sql AS 'SELECT 3'")
    with psycopg.connect(with_role(url, APP), autocommit=True) as app:
        app.execute("INSERT INTO t (n) VALUES (three())")
        app.execute("UPDATE t SET n = n + 1")
        assert app.execute("SELECT id, n FROM t").fetchone() == (1, 4)
        app.execute("DELETE FROM t")
        for forbidden in ("TRUNCATE t", "DROP TABLE t", "ALTER TABLE t ADD m int", "CREATE TABLE u ()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)


def test_the_app_cannot_become_the_owner(server: EmbeddedServer):
    with psycopg.connect(server.url(APP)) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SET ROLE gapline_owner")


def test_preparing_again_changes_nothing(external: ExternalServer):
    url = fresh(external)
    roles.prepare(url)
    state = (
        "SELECT (SELECT array_agg(xmin::text) FROM pg_authid), (SELECT array_agg(xmin::text) FROM pg_default_acl)"
    )
    superuser_url = external.url("postgres", database_of(url))
    before = ask(superuser_url, state)
    roles.prepare(url)
    assert ask(superuser_url, state) == before


def test_many_may_prepare_at_once(external: ExternalServer):
    forget_roles(external)
    urls = [fresh(external) for _ in range(3)] * 4
    with ThreadPoolExecutor(len(urls)) as pool:
        list(pool.map(roles.prepare, urls))
    assert {ask(with_role(url, APP), "SELECT current_user") for url in urls} == {(APP,)}


def test_a_role_that_somebody_made_too_strong_is_weakened(external: ExternalServer):
    url = external.url("postgres", database_of(fresh(external)))
    roles.prepare(url)
    with psycopg.connect(url) as connection:
        connection.execute("ALTER ROLE gapline_app SUPERUSER BYPASSRLS")
    roles.prepare(url)
    query = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'gapline_app'"
    assert ask(url, query) == (False, False)


def test_a_login_that_may_not_create_roles_is_told_the_sql_that_an_administrator_must_run(external: ExternalServer):
    forget_roles(external)
    url = fresh(external, login="guest")
    with pytest.raises(RolesMissing) as told:
        roles.prepare(url)
    with psycopg.connect(external.url("postgres", database_of(url))) as administrator:
        for statement in str(told.value).split(":\n", 1)[1].splitlines():
            administrator.execute(statement.strip())
    roles.prepare(url)
    assert ask(with_role(url, APP), "SELECT current_user") == (APP,)


def test_a_login_without_rights_in_the_schema_is_told_so(external: ExternalServer):
    roles.prepare(fresh(external))
    somebody_elses = database_of(fresh(external, login="postgres"))
    with pytest.raises(RolesMissing, match="GRANT CREATE, USAGE ON SCHEMA public"):
        roles.prepare(external.url("operator", somebody_elses))
