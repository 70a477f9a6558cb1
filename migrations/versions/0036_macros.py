"""Macros: several acts under one name, shared at a partner or desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"

VIEWER = "(SELECT current_setting('gapline.viewer', true))"
WORKS = f"{VIEWER} IN ('worker', 'command', 'migration')"
AT_PARTNER = "place = (SELECT current_setting('gapline.partner', true))"
AT_DESK = f"{VIEWER} = 'desk' AND place = (SELECT lower(current_setting('gapline.country', true)) || '-desk')"
SEEN = f"{WORKS} OR ({VIEWER} IN ('partner_member', 'partner_lead') AND {AT_PARTNER}) OR ({AT_DESK})"
WRITTEN = f"{WORKS} OR ({VIEWER} = 'partner_lead' AND {AT_PARTNER}) OR ({AT_DESK})"


def upgrade() -> None:
    op.create_table(
        "macro",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("steps", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["directory_partner.slug"], name=op.f("fk_macro_place")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_macro_account_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_macro")),
    )
    op.create_index(op.f("ix_macro_place"), "macro", ["place"], unique=False)
    op.execute("ALTER TABLE macro ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE macro FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY seen ON macro FOR SELECT USING ({SEEN})")
    for verb, rule in (("INSERT", "WITH CHECK"), ("UPDATE", "USING"), ("DELETE", "USING")):
        op.execute(f"CREATE POLICY may_{verb.lower()} ON macro FOR {verb} {rule} ({WRITTEN})")


def downgrade() -> None:
    op.drop_table("macro")
