"""What a question is about once its sector is known; what an order waits for; the notice sent; erased people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("open_question", sa.Column("sector", sa.String(), nullable=True))
    op.add_column("open_question", sa.Column("problem_type", sa.String(), nullable=True))
    op.add_column(
        "open_question", sa.Column("outside_focus", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("contact", sa.Column("notice", sa.Integer(), server_default="0", nullable=False))
    op.add_column("contact", sa.Column("asked_back", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("asked_back_on", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("asked_back_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("fix_question", "contact_id", nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM fix_question WHERE contact_id IS NULL")
    op.alter_column("fix_question", "contact_id", nullable=False)
    for column in ("erased_at", "asked_back_at", "asked_back_on", "asked_back", "notice"):
        op.drop_column("contact", column)
    for column in ("outside_focus", "problem_type", "sector"):
        op.drop_column("open_question", column)
