"""Texts that partners corrected in the product, and languages that they signed off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

WRITES_ALL = "current_setting('gapline.viewer', true) IN ('command', 'migration', 'administrator')"
LEADS_THERE = """
    current_setting('gapline.viewer', true) = 'partner_lead'
    AND country IN (
        SELECT upper(left(slug, 2))
        FROM unnest(string_to_array(current_setting('gapline.entry_points', true), ',')) slug
    )
"""
SAYS_WHO = "coalesce(current_setting('gapline.viewer', true), '') <> ''"


def upgrade() -> None:
    op.create_table(
        "text_correction",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_text_correction_country")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_text_correction")),
    )
    op.create_index(
        op.f("ix_text_correction_language_text_number"), "text_correction", ["language", "text", "number"]
    )
    op.create_table(
        "language_sign_off",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_language_sign_off_country")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_language_sign_off")),
    )
    op.create_index(op.f("ix_language_sign_off_language_number"), "language_sign_off", ["language", "number"])
    for table in ("text_correction", "language_sign_off"):
        _wall(table)


def _wall(table: str) -> None:
    """Everybody reads what is said to people; who may not write it is kept out here too."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reading ON {table} FOR SELECT USING ({SAYS_WHO})")
    writing = f"{WRITES_ALL} OR ({LEADS_THERE})"
    op.execute(f"CREATE POLICY viewer ON {table} USING ({writing}) WITH CHECK ({writing})")


def downgrade() -> None:
    op.drop_table("language_sign_off")
    op.drop_table("text_correction")
