"""Lists stay quick with a million reports: indexes of what is open; policies ask once who the viewer is."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

OPEN = "status IN ('new', 'acknowledged', 'in_follow_up', 'needs_information', 'reopened')"
OF_OPEN = {
    "ix_report_open": ["entry_point", "created_at", "id"],
    "ix_report_urgency": ["entry_point", "priority", "created_at", "id"],
    "ix_report_untouched": ["entry_point", "touched_at", "id"],
}
NARROWER = {
    "ix_report_desk": (["country", "created_at", "id"], "entry_point IS NULL OR cardinality(flags) > 0"),
    "ix_report_assigned": (["assigned_to", "created_at", "id"], "assigned_to IS NOT NULL"),
}
"""These held every report, also those that they are never asked for."""

POLICIES = sa.text(
    "SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE schemaname = 'public'"
    " AND concat(qual, with_check) ~ 'current_setting'"
    " AND concat(qual, with_check) !~ 'SELECT (current_setting|string_to_array)'"
)
ENTRIES = "string_to_array(current_setting('gapline.entry_points'::text, true), ','::text)"
SETTING = re.compile(r"current_setting\('gapline\.\w+'::text, true\)")


def upgrade() -> None:
    for name, columns in OF_OPEN.items():
        op.create_index(name, "report", columns, unique=False, postgresql_where=OPEN)
    for name, (columns, where) in NARROWER.items():
        op.drop_index(name, table_name="report")
        op.create_index(name, "report", columns, unique=False, postgresql_where=where)
    for table, policy, *conditions in op.get_bind().execute(POLICIES).all():
        clauses = zip(("USING", "WITH CHECK"), conditions, strict=True)
        asked = " ".join(f"{word} ({_asking_once(condition)})" for word, condition in clauses if condition)
        op.execute(f"ALTER POLICY {policy} ON {table} {asked}")


def _asking_once(condition: str) -> str:
    """A setting in a select of its own is read once for a statement, and not once for each row."""
    parts = condition.split(ENTRIES)
    alone = (SETTING.sub(lambda found: f"(SELECT {found[0]})", part) for part in parts)
    return f"(SELECT {ENTRIES})::text[]".join(alone)


def downgrade() -> None:
    """The policies stay as they are: they mean the same."""
    for name, (columns, _where) in NARROWER.items():
        op.drop_index(name, table_name="report")
        op.create_index(name, "report", columns, unique=False)
    for name in OF_OPEN:
        op.drop_index(name, table_name="report")
