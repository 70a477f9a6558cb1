"""Reports that say the same can be merged: one points to the one that goes on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

MERGED = "merged_into IS NOT NULL"


def upgrade() -> None:
    op.add_column("report", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.add_column("report", sa.Column("has_merged", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_foreign_key(op.f("fk_report_merged_into"), "report", "report", ["merged_into"], ["id"])
    op.create_index("ix_report_merged", "report", ["merged_into"], unique=False, postgresql_where=MERGED)


def downgrade() -> None:
    op.drop_index("ix_report_merged", table_name="report")
    op.drop_constraint(op.f("fk_report_merged_into"), "report", type_="foreignkey")
    op.drop_column("report", "has_merged")
    op.drop_column("report", "merged_into")
