"""Programmes, responsible offices and ready answers of entry points; days of partners; offices of their parts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"

JSON = postgresql.JSONB(astext_type=Text())


def upgrade() -> None:
    for name in ("valid_from", "valid_to"):
        op.add_column("directory_partner", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("directory_service", sa.Column("office", sa.String(), server_default="", nullable=False))
    op.add_column("directory_area", sa.Column("aliases", JSON, server_default="{}", nullable=False))
    for name, empty in (("programmes", "[]"), ("actors", "{}")):
        op.add_column("directory_entry_point", sa.Column(name, JSON, server_default=empty, nullable=False))
    op.create_table(
        "directory_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_point", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_point"], ["directory_entry_point.slug"], name=op.f("fk_directory_answer_entry_point")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_answer")),
    )
    op.create_index(op.f("ix_directory_answer_entry_point"), "directory_answer", ["entry_point"], unique=False)


def downgrade() -> None:
    op.drop_table("directory_answer")
    for name in ("programmes", "actors"):
        op.drop_column("directory_entry_point", name)
    op.drop_column("directory_area", "aliases")
    op.drop_column("directory_service", "office")
    for name in ("valid_from", "valid_to"):
        op.drop_column("directory_partner", name)
