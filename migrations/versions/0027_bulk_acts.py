"""Acts on many reports at once: what was asked for by whom, and what became of each report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"

OWN = """
    current_setting('gapline.viewer', true) IN ('worker', 'command', 'migration')
    OR (current_setting('gapline.viewer', true) IN ('partner_member', 'partner_lead', 'desk')
        AND account_id::text = current_setting('gapline.account', true))
"""
JSON = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.create_table(
        "bulk_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("steps", JSON, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_bulk_act_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_bulk_act_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_act")),
    )
    op.create_index(op.f("ix_bulk_act_account_id_asked_at"), "bulk_act", ["account_id", "asked_at"], unique=False)
    op.create_table(
        "bulk_item",
        sa.Column("bulk_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("seen", JSON, nullable=False),
        sa.Column("change", JSON, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulk_id"], ["bulk_act.id"], name=op.f("fk_bulk_item_bulk_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_bulk_item_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_bulk_item_report_id")),
        sa.PrimaryKeyConstraint("bulk_id", "place", name=op.f("pk_bulk_item")),
    )
    op.create_index(
        op.f("ix_bulk_item_bulk_id_state_place"), "bulk_item", ["bulk_id", "state", "place"], unique=False
    )
    for table in ("bulk_act", "bulk_item"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("bulk_item")
    op.drop_table("bulk_act")
