"""What stands in the database: whether anything changed, and putting it back as it was.

Each table is known by its number of rows and the transactions that wrote them, so that looking costs milliseconds;
the rows themselves are kept beside in a schema of their own. For `Database.keeper`, whom no trigger or key stops.
"""

from __future__ import annotations

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

Marks = dict[str, tuple[int, int]]
"""By table: how many rows, and the sum of the transactions that wrote them."""

ASIDE = "kept_aside"
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
        self.looking = SQL(" UNION ALL ").join(map(_mark, self.tables))
        self._put_aside()
        self.before = self.marks()

    def marks(self) -> Marks:
        return {name: (rows, written) for name, rows, written in self.connection.execute(self.looking)}

    def changed(self) -> list[str]:
        """The tables that are not as they were."""
        return [name for name, mark in self.marks().items() if mark != self.before[name]]

    def put_back(self) -> None:
        for name in self.changed():
            self._restore(name)
        self.before = self.marks()

    def forget(self) -> None:
        self.connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(ASIDE)))

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
