"""The two database roles, and how a connection takes one on.

`gapline_owner` owns the tables and runs migrations; `gapline_app` is what web and worker act as. Neither is a
superuser or bypasses row security, so the policies hold whoever the login is.
"""

from __future__ import annotations

import time
from typing import Any, LiteralString
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import errors
from psycopg.sql import SQL, Composed, Identifier

Connection = psycopg.Connection[Any]

OWNER = "gapline_owner"
APP = "gapline_app"

OLDEST_POSTGRESQL = 150000
"""PostgreSQL 15, as `server_version` of libpq counts."""

ATTEMPTS = 5
"""Two processes that prepare at once collide on PostgreSQL's catalogue; the second then finds it done."""

MANNERS = SQL("NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION")

DEFAULT_PRIVILEGES = (
    SQL("SET ROLE {owner}"),
    SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}"),
    SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}"),
    SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {app}"),
    SQL("RESET ROLE"),
)
"""As the owner itself, because FOR ROLE asks for more than the right to become that role."""

SEARCH: LiteralString = "pg_catalog.ts_match_vq(tsvector, tsquery)"
"""The function behind the operator @@."""

PRIVILEGES_BY_DEFAULT = 7
"""How many privileges the statements above give: four on tables, two on sequences, one on functions."""


class RolesMissing(RuntimeError):
    """The login may not do what is needed; the message holds the SQL for someone who may."""


class ServerTooOld(RuntimeError):
    """The server behind DATABASE_URL is older than PostgreSQL 15."""


def with_role(url: str, role: str) -> str:
    """The same libpq URL, whose sessions act as `role` from their first statement. Keeps every parameter.

    libpq reads `+` in a URL as a plus sign, so the query is taken apart by hand: the usual parsers would
    change a password that holds one.
    """
    parts = urlsplit(url)
    fields = [f for f in parts.query.split("&") if f]
    given = [unquote(f.partition("=")[2]) for f in fields if f.startswith("options=")]
    others = [f for f in fields if not f.startswith("options=")]
    options = " ".join([*given, f"-c role={role}"])
    query = "&".join([*others, f"options={quote(options, safe='')}"])
    return urlunsplit(parts._replace(query=query))


def create_database(admin_url: str, name: str) -> None:
    """Create the database if it is missing. Its text sorts by Unicode code point, the same on every machine."""
    create = SQL(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
    )
    with psycopg.connect(admin_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            connection.execute(create.format(Identifier(name)))


def prepare(admin_url: str, *, login: bool = False) -> None:
    """See that both roles exist with their rights in this database. Changes nothing that is right already.

    `login` says whether one may sign in as them: on the embedded server only, which asks for no password.
    Raises RolesMissing when this login lacks the right to create or grant them, ServerTooOld, and
    psycopg.OperationalError when the server cannot be reached.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        _check_version(connection)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _put_right(connection, login)
            except (errors.UniqueViolation, errors.DuplicateObject, errors.InternalError_):
                if attempt == ATTEMPTS:
                    raise
                time.sleep(0.05 * attempt)


def _put_right(connection: Connection, login: bool) -> None:
    try:
        with connection.transaction():
            for statement in _missing(connection, login):
                connection.execute(statement)
    except errors.InsufficientPrivilege as refused:
        raise _for_an_administrator(connection, login) from refused
    if _missing(connection, login):  # some grants only warn when the login may not make them
        raise _for_an_administrator(connection, login)


def _check_version(connection: Connection) -> None:
    found = connection.info.server_version
    if found < OLDEST_POSTGRESQL:
        raise ServerTooOld(f"PostgreSQL 15 or newer is needed; this server is {found // 10000}")


def _for_an_administrator(connection: Connection, login: bool) -> RolesMissing:
    statements = [s.as_string(connection) + ";" for s in _missing(connection, login)]
    return RolesMissing(
        f"The database login {connection.info.user} may not set up the roles {OWNER} and {APP}. "
        f"Ask an administrator of the server to run, in the database {connection.info.dbname}:\n  "
        + "\n  ".join(statements)
    )


def _missing(connection: Connection, login: bool) -> list[Composed]:
    """The statements that are still to be run in this database, in order."""
    wanted = [s for role in (OWNER, APP) for s in _role(connection, role, login)]
    wanted += [s for role in (OWNER, APP) for s in _membership(connection, role)]
    wanted += _schema(connection, OWNER, "CREATE, USAGE") + _schema(connection, APP, "USAGE")
    if not _has_default_privileges(connection):
        wanted += [s.format(owner=Identifier(OWNER), app=Identifier(APP)) for s in DEFAULT_PRIVILEGES]
    return wanted + _search(connection)


def _search(connection: Connection) -> list[Composed]:
    """Row security lets an index be used only for operators that are known to tell nothing of rows that are kept
    back. Searching for words tells nothing, but PostgreSQL does not say so of it, and only a superuser may:
    elsewhere a search is as right, and slow with very many reports (docs/decisions/0012)."""
    asked = "SELECT proleakproof FROM pg_proc WHERE oid = %s::regprocedure"
    is_declared = connection.execute(asked, (SEARCH,)).fetchone() == (True,)
    if is_declared or not _is_superuser(connection):
        return []
    return [SQL("ALTER FUNCTION {} LEAKPROOF").format(SQL(SEARCH))]


def _role(connection: Connection, role: str, login: bool) -> list[Composed]:
    found = connection.execute(
        "SELECT rolsuper OR rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = %s", (role,)
    ).fetchone()
    name, may_login = Identifier(role), SQL("LOGIN" if login else "NOLOGIN")
    if found is None:
        return [SQL("CREATE ROLE {} {} {}").format(name, MANNERS, may_login)]
    too_strong, can_login = found
    strength = [SQL("ALTER ROLE {} {}").format(name, MANNERS)] if too_strong else []
    return strength + ([SQL("ALTER ROLE {} LOGIN").format(name)] if login and not can_login else [])


def _membership(connection: Connection, role: str) -> list[Composed]:
    """The login must be able to become the role; a superuser always is."""
    how = "SET" if connection.info.server_version >= 160000 else "MEMBER"
    found = connection.execute(
        "SELECT pg_has_role(current_user, oid, %s) FROM pg_roles WHERE rolname = %s", (how, role)
    ).fetchone()
    if found == (True,) or _is_superuser(connection):
        return []
    return [SQL("GRANT {} TO {}").format(Identifier(role), Identifier(connection.info.user))]


def _is_superuser(connection: Connection) -> bool:
    return connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (True,)


def _schema(connection: Connection, role: str, privileges: LiteralString) -> list[Composed]:
    """Asked one privilege at a time: has_schema_privilege is content with any of a list."""
    found = connection.execute(
        "SELECT bool_and(has_schema_privilege(r.oid, 'public', p)) FROM pg_roles r, unnest(%s::text[]) p"
        " WHERE r.rolname = %s",
        (privileges.split(", "), role),
    ).fetchone()
    if found == (True,):
        return []
    return [SQL("GRANT {} ON SCHEMA public TO {}").format(SQL(privileges), Identifier(role))]


def _has_default_privileges(connection: Connection) -> bool:
    found = connection.execute(
        "SELECT count(*) FROM pg_default_acl d JOIN pg_roles r ON r.oid = d.defaclrole"
        " JOIN pg_namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a"
        " JOIN pg_roles g ON g.oid = a.grantee WHERE n.nspname = 'public' AND r.rolname = %s AND g.rolname = %s",
        (OWNER, APP),
    ).fetchone()
    return found == (PRIVILEGES_BY_DEFAULT,)
