"""Who has a report open, and what somebody has begun to write about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

VIEWER = "(SELECT current_setting('gapline.viewer', true))"
WORKS = f"{VIEWER} IN ('intake', 'worker', 'command', 'migration')"
REPORT_IS_SEEN = "EXISTS (SELECT 1 FROM report WHERE report.id = report_id)"
SEEN = f"{WORKS} OR {REPORT_IS_SEEN}"
OWN = f"""
    {VIEWER} IN ('worker', 'command', 'migration')
    OR ({VIEWER} IN ('partner_member', 'partner_lead', 'desk')
        AND account_id::text = (SELECT current_setting('gapline.account', true)))
"""
POLICIES = {"report_presence": SEEN, "report_draft": OWN}


def upgrade() -> None:
    _create("report_presence", "seen_at", sa.Column("name", sa.String(), nullable=False), _answering())
    sealed = sa.Column("sealed", sa.LargeBinary(), nullable=False)
    _create("report_draft", "changed_at", sa.Column("kind", sa.String(), nullable=False), sealed)
    for table, policy in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({policy}) WITH CHECK ({policy})")


def downgrade() -> None:
    for table in reversed(POLICIES):
        op.drop_table(table)


def _answering() -> sa.Column:
    return sa.Column("is_answering", sa.Boolean(), nullable=False)


def _create(table: str, moment: str, *columns: sa.Column) -> None:
    keys = ("report_id", "account_id") if table == "report_presence" else ("account_id", "report_id", "kind")
    op.create_table(
        table,
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        *columns,
        sa.Column(moment, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"], [f"{name}.id"], name=op.f(f"fk_{table}_{name}_id"), ondelete="CASCADE"
            )
            for name in ("report", "account")
        ),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_{moment}"), table, [moment], unique=False)
