"""What was written down wrongly in a case is taken back; cases merge into others; answers count until reopening."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

FINDINGS = ("case_hypothesis", "case_figure", "case_action", "case_response")


def upgrade() -> None:
    for table in FINDINGS:
        op.add_column(table, sa.Column("taken_back", sa.String(), server_default="", nullable=False))
    op.add_column("budget_case", sa.Column("merged_into", sa.BigInteger(), nullable=True))
    op.add_column("budget_case", sa.Column("counts_from", sa.Integer(), server_default="1", nullable=False))
    op.create_foreign_key(op.f("fk_budget_case_merged_into"), "budget_case", "budget_case", ["merged_into"], ["id"])
    op.create_index(op.f("ix_budget_case_merged_into"), "budget_case", ["merged_into"], unique=False)
    op.execute("UPDATE budget_case SET counts_from = greatest(round, 1)")


def downgrade() -> None:
    op.drop_column("budget_case", "counts_from")
    op.drop_column("budget_case", "merged_into")
    for table in FINDINGS:
        op.drop_column(table, "taken_back")
