"""Whether it was solved is asked about one report too, not only for a case."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.alter_column("fix_question", "case_id", nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM fix_question WHERE case_id IS NULL")
    op.alter_column("fix_question", "case_id", nullable=False)
