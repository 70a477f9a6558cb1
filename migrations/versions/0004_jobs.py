"""Procrastinate's tables, as its own release 3.10.0 defines them.

A newer release brings its own migrations (`procrastinate/sql/migrations`); each becomes a revision here.
"""

from __future__ import annotations

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0004"
down_revision = "0003"

TABLES = ("procrastinate_events", "procrastinate_periodic_defers", "procrastinate_jobs", "procrastinate_workers")

DROP_FUNCTIONS_AND_TYPES = """
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('DROP FUNCTION %s', oid::regprocedure) FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('DROP TYPE %s', oid::regtype) FROM pg_type
        WHERE typname LIKE 'procrastinate\\_%' AND typtype IN ('e', 'c') AND typnamespace = 'public'::regnamespace
    LOOP
        EXECUTE statement;
    END LOOP;
END $$
"""


def upgrade() -> None:
    _run(SchemaManager.get_schema())


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE {table} CASCADE")
    _run(DROP_FUNCTIONS_AND_TYPES)


def _run(script: str) -> None:
    """By the driver itself: a script of several statements cannot be prepared, and its % are no placeholders."""
    op.get_bind().connection.driver_connection.execute(script)
