"""Policies look the report of a row up by its key: asked with EXISTS, PostgreSQL went through all reports first."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

POLICIES = sa.text(
    "SELECT tablename, policyname, qual, with_check FROM pg_policies"
    " WHERE schemaname = 'public' AND concat(qual, with_check) LIKE '%EXISTS%'"
)
ASKS_WHETHER = re.compile(r"EXISTS \( SELECT 1\s+FROM (\w+)\s+WHERE \(\1\.id = (\w+\.\w+)\)\)")
BY_KEY = r"(( SELECT true FROM \1 WHERE (\1.id = \2)) IS TRUE)"
"""A subquery that gives one value is never worked out for all rows beforehand."""


def upgrade() -> None:
    for table, policy, *conditions in op.get_bind().execute(POLICIES).all():
        clauses = zip(("USING", "WITH CHECK"), conditions, strict=True)
        asked = " ".join(f"{word} ({ASKS_WHETHER.sub(BY_KEY, told)})" for word, told in clauses if told)
        op.execute(f"ALTER POLICY {policy} ON {table} {asked}")


def downgrade() -> None:
    """The policies stay as they are: they mean the same."""
