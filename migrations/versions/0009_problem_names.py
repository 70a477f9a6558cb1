"""What problem types, areas and entry points are called in the languages of their country."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

TABLES = ("directory_problem_type", "directory_area", "directory_entry_point")


def upgrade() -> None:
    for table in TABLES:
        names = sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
        op.add_column(table, names)


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "names")
