"""The log of what left the inbox as a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

VIEWER = "(SELECT current_setting('gapline.viewer', true))"
WORKS = f"{VIEWER} IN ('worker', 'command', 'migration')"
OWN = f"""
    {VIEWER} IN ('partner_member', 'partner_lead', 'desk')
    AND account_id::text = (SELECT current_setting('gapline.account', true))
"""
HERE = f"""
    ({VIEWER} = 'partner_lead' AND place = (SELECT current_setting('gapline.partner', true)))
    OR ({VIEWER} = 'desk' AND place = (SELECT lower(current_setting('gapline.country', true)) || '-desk'))
"""


def upgrade() -> None:
    op.create_table(
        "export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("place", "by", "query", "kind")),
        sa.Column("with_words", sa.Boolean(), nullable=False),
        sa.Column("with_contacts", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), server_default="0", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_export_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    op.create_index(op.f("ix_export_account_id"), "export", ["account_id"], unique=False)
    op.create_index("ix_export_place", "export", ["place", "at"], unique=False)
    op.execute("ALTER TABLE export ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE export FORCE ROW LEVEL SECURITY")
    rule = f"({WORKS}) OR ({OWN})"
    op.execute(f"CREATE POLICY viewer ON export USING ({rule}) WITH CHECK ({rule})")
    op.execute(f"CREATE POLICY overseen ON export FOR SELECT USING ({HERE})")


def downgrade() -> None:
    op.drop_table("export")
