"""Invitations, further partners of one person, members confined to some entry points, and absence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import String
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"

SIGNS_IN = "current_setting('gapline.viewer', true) IN ('sign_in', 'migration')"
MANAGES = "current_setting('gapline.viewer', true) IN ('sign_in', 'command', 'administrator', 'migration')"
ADDS = "current_setting('gapline.viewer', true) IN ('sign_in', 'command', 'migration')"
AT_THE_PARTNER = """
    current_setting('gapline.viewer', true) IN ('partner_member', 'partner_lead')
    AND membership.partner = current_setting('gapline.partner', true)
"""
GUEST = f"account.id IN (SELECT account_id FROM membership WHERE {AT_THE_PARTNER})"  # noqa: S608 - a constant


def upgrade() -> None:
    op.add_column("account", sa.Column("entry_points", postgresql.ARRAY(String()), nullable=True))
    op.add_column("account", sa.Column("away_from", sa.Date(), nullable=True))
    op.add_column("account", sa.Column("away_until", sa.Date(), nullable=True))
    op.add_column("account", sa.Column("away_to", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("fk_account_away_to"), "account", "account", ["away_to"], ["id"])
    _create_memberships()
    _create_invitations()
    for table in ("membership", "invitation"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON invitation USING ({SIGNS_IN}) WITH CHECK ({SIGNS_IN})")
    op.execute(f"CREATE POLICY viewer ON membership USING ({ADDS}) WITH CHECK ({ADDS})")
    op.execute(f"CREATE POLICY reader ON membership FOR SELECT USING ({MANAGES} OR ({AT_THE_PARTNER}))")
    op.execute(f"CREATE POLICY guest ON account FOR SELECT USING ({GUEST})")


def _create_memberships() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("entry_points", postgresql.ARRAY(String()), nullable=True),
        sa.CheckConstraint(
            "role NOT IN ('desk', 'reviewer', 'administrator')", name=op.f("ck_membership_role_at_a_partner")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_membership_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("account_id", "partner", name=op.f("uq_membership_account_id_partner")),
    )
    op.create_index(op.f("ix_membership_partner"), "membership", ["partner"], unique=False)
    op.add_column("sign_in_session", sa.Column("membership_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_sign_in_session_membership_id"),
        "sign_in_session",
        "membership",
        ["membership_id"],
        ["id"],
        ondelete="SET NULL",
    )


def _create_invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_account"], ["account.id"], name=op.f("fk_invitation_by_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_invitation_country")),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_invitation_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_by_account"), "invitation", ["by_account"], unique=False)


def downgrade() -> None:
    op.execute("DROP POLICY guest ON account")
    op.drop_column("sign_in_session", "membership_id")
    op.drop_table("invitation")
    op.drop_table("membership")
    for name in ("away_to", "away_until", "away_from", "entry_points"):
        op.drop_column("account", name)
