"""Sheets of what people told, between being looked through and being taken in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

VIEWER = "(SELECT current_setting('gapline.viewer', true))"
RULE = f"""
    {VIEWER} IN ('worker', 'command', 'migration')
    OR ({VIEWER} IN ('partner_member', 'partner_lead', 'desk')
        AND account_id::text = (SELECT current_setting('gapline.account', true)))
"""


def upgrade() -> None:
    op.create_table(
        "entered_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.String(), server_default="preview", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_entered_sheet_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_entered_sheet_country")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entered_sheet")),
    )
    op.create_index(op.f("ix_entered_sheet_account_id_at"), "entered_sheet", ["account_id", "at"], unique=False)
    op.execute("ALTER TABLE entered_sheet ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE entered_sheet FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON entered_sheet USING ({RULE}) WITH CHECK ({RULE})")


def downgrade() -> None:
    op.drop_table("entered_sheet")
