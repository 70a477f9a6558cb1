"""Webhooks: addresses that are to be told, and what was sent to each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"

VIEWER = "(SELECT current_setting('gapline.viewer', true))"
RULE = f"""
    {VIEWER} IN ('worker', 'command', 'migration')
    OR ({VIEWER} = 'partner_lead' AND partner = (SELECT current_setting('gapline.partner', true)))
"""


def _moment(name: str, **rest: object) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), **rest)


def upgrade() -> None:
    op.create_table(
        "hook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("events", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("old_secret", sa.LargeBinary(), nullable=True),
        _moment("old_until", nullable=True),
        _moment("at", server_default=sa.text("now()"), nullable=False),
        _moment("seen_until", server_default=sa.text("now()"), nullable=False),
        _moment("failing_since", nullable=True),
        _moment("disabled_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_hook_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_hook_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook")),
    )
    op.create_index(op.f("ix_hook_partner"), "hook", ["partner"], unique=False)
    op.create_table(
        "hook_delivery",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("hook_id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.String(), server_default="ready", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        _moment("at", server_default=sa.text("now()"), nullable=False),
        _moment("tried_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["hook_id"], ["hook.id"], name=op.f("fk_hook_delivery_hook_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_hook_delivery_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_delivery")),
        sa.UniqueConstraint("hook_id", "cause", name=op.f("uq_hook_delivery_hook_id_cause")),
    )
    op.create_index("ix_hook_delivery_newest", "hook_delivery", ["hook_id", "id"], unique=False)
    op.create_index("ix_report_event_at", "report_event", ["at"], unique=False, postgresql_using="brin")
    for table in ("hook", "hook_delivery"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({RULE}) WITH CHECK ({RULE})")


def downgrade() -> None:
    op.drop_index("ix_report_event_at", table_name="report_event")
    op.drop_table("hook_delivery")
    op.drop_table("hook")
