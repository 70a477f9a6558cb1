"""Tokens by which a partner's programs are known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"

VIEWER = "(SELECT current_setting('gapline.viewer', true))"
RULE = f"""
    {VIEWER} IN ('sign_in', 'command', 'migration')
    OR ({VIEWER} = 'partner_lead' AND partner = (SELECT current_setting('gapline.partner', true)))
"""


def _moment(name: str, **rest: object) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), **rest)


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        _moment("at", server_default=sa.text("now()"), nullable=False),
        _moment("expires_at", nullable=False),
        _moment("used_at", nullable=True),
        _moment("revoked_at", nullable=True),
        sa.Column("counted", sa.Integer(), server_default="0", nullable=False),
        _moment("counted_from", nullable=True),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_api_token_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_partner"), "api_token", ["partner"], unique=False)
    op.execute("ALTER TABLE api_token ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE api_token FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON api_token USING ({RULE}) WITH CHECK ({RULE})")


def downgrade() -> None:
    op.drop_table("api_token")
