"""The directory's documents and their versions, and problem types that are offered no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"

SEES_ALL = "current_setting('gapline.viewer', true) IN ('command', 'migration', 'administrator')"
LEADS_THERE = """
    current_setting('gapline.viewer', true) = 'partner_lead'
    AND country IN (
        SELECT upper(left(slug, 2))
        FROM unnest(string_to_array(current_setting('gapline.entry_points', true), ',')) slug
    )
"""


def upgrade() -> None:
    op.add_column(
        "directory_problem_type", sa.Column("retired", sa.Boolean(), server_default="false", nullable=False)
    )
    op.create_table(
        "directory_document",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("files_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["country"], ["directory_country.code"], name=op.f("fk_directory_document_country")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_directory_document")),
    )
    op.create_table(
        "directory_version",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_directory_version")),
    )
    op.create_index(
        op.f("ix_directory_version_document_number"), "directory_version", ["document", "number"], unique=False
    )
    op.execute("ALTER TABLE directory_version ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE directory_version FORCE ROW LEVEL SECURITY")
    policy = f"{SEES_ALL} OR ({LEADS_THERE})"
    op.execute(f"CREATE POLICY viewer ON directory_version USING ({policy}) WITH CHECK ({policy})")


def downgrade() -> None:
    op.drop_table("directory_version")
    op.drop_table("directory_document")
    op.drop_column("directory_problem_type", "retired")
