"""What stands in the database: whether anything changed, and putting it back as it was.

Whoever writes takes a number from PostgreSQL: where none was taken, nobody wrote, and nothing is looked through.
Else each table is known by how many rows it has and which transactions wrote them. The rows themselves are kept
beside, in a schema of their own. For `Database.keeper`, whom no trigger or key stops.
"""

from __future__ import annotations

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

Marks = dict[str, tuple[int, int]]
"""By table: how many rows, and the sum of the transactions that wrote them."""

ASIDE = "kept_aside"
NEXT_WRITER = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""


class Keeper:
    """Keeps the rows of every table as they stand when it is made."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        self.tables = sorted(name for (name,) in found)
        self._put_aside()
        self.before = self._marks(self.tables)
        self.next_writer = self._next_writer()

    def changed(self) -> list[str]:
        """The tables that are not as they were."""
        if self._next_writer() == self.next_writer:
            return []
        return [name for name, mark in self._marks(self.tables).items() if mark != self.before[name]]

    def put_back(self) -> list[str]:
        """All rows as they were; returns the tables that had changed."""
        changed = self.changed()
        for name in changed:
            self._restore(name)
        if changed:
            self.before |= self._marks(changed)
        self.next_writer = self._next_writer()
        return changed

    def forget(self) -> None:
        self.connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(ASIDE)))

    def _next_writer(self) -> tuple[str, ...] | None:
        return self.connection.execute(NEXT_WRITER).fetchone()

    def _marks(self, tables: list[str]) -> Marks:
        looking = SQL(" UNION ALL ").join(map(_mark, tables))
        return {name: (rows, written) for name, rows, written in self.connection.execute(looking)}

    def _put_aside(self) -> None:
        self.connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(ASIDE)))
        for name in self.tables:
            here, aside = Identifier("public", name), Identifier(ASIDE, name)
            self.connection.execute(SQL("CREATE TABLE {} AS SELECT * FROM {}").format(aside, here))

    def _restore(self, name: str) -> None:
        here, aside = Identifier("public", name), Identifier(ASIDE, name)
        found = self.connection.execute(COLUMNS, (name,)).fetchall()
        columns = SQL(", ").join(Identifier(column) for (column,) in found)
        again = SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}")
        self.connection.execute(SQL("DELETE FROM {}").format(here))
        self.connection.execute(again.format(here, columns, columns, aside))


def _mark(name: str) -> Composed:
    wanted = SQL("SELECT {}, count(*), coalesce(sum(xmin::text::bigint), 0)::bigint FROM {}")
    return wanted.format(Literal(name), Identifier("public", name))
