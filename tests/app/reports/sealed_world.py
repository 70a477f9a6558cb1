"""Everything that stands in the database as text, and what somebody is told of a sensitive report by it."""

from __future__ import annotations

import psycopg
from psycopg.sql import SQL, Identifier

from app.database import SAY_WHO, who
from app.viewer import Viewer
from tests.conftest import Database

LEAD = Viewer("partner_lead", None, "Lead", "wacam", frozenset({"gh-mining"}))
MEMBER = Viewer("partner_member", None, "Member", "wacam", frozenset({"gh-mining"}))
ELSEWHERE = Viewer("partner_lead", None, "Lead", "cedc", frozenset({"ke-health"}))
SUPPORTING = Viewer("partner_lead", None, "Lead", "pfag", frozenset({"gh-mining"}))
DESK = Viewer("desk", None, "Desk", country="GH")
COMMAND = Viewer("command")


def tables_with(database: Database, canary: str) -> set[str]:
    """The tables in which this stands, in any column of any row, seen by the superuser."""
    found = database.keeper.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    holds = SQL("SELECT EXISTS (SELECT FROM {name} AS one WHERE one::text ILIKE %s)")
    return {
        name
        for (name,) in found
        if database.keeper.execute(holds.format(name=Identifier(name)), [f"%{canary}%"]).fetchone() == (True,)
    }


def seen_by(database: Database, viewer: Viewer, table: str) -> int:
    """How many rows of this table raw SQL shows to this viewer."""
    with psycopg.connect(database.app_url) as connection:
        connection.execute(SAY_WHO, who(viewer))
        found = connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(table))).fetchone()
        connection.rollback()
    return found[0] if found else 0
