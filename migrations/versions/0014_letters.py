"""E-mail to staff. Whoever causes a letter may post it; what it says is sealed, and emptied when it is sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

POSTS = """
    current_setting('gapline.viewer', true) IN ('sign_in', 'worker', 'command', 'migration')
    OR (current_setting('gapline.viewer', true) IN
            ('partner_member', 'partner_lead', 'desk', 'reviewer', 'administrator')
        AND by_account::text = current_setting('gapline.account', true))
"""


def upgrade() -> None:
    op.create_table(
        "outgoing_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_letter_key")),
    )
    op.create_index(
        op.f("ix_outgoing_letter_state_changed_at"), "outgoing_letter", ["state", "changed_at"], unique=False
    )
    op.execute("ALTER TABLE outgoing_letter ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE outgoing_letter FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON outgoing_letter USING ({POSTS}) WITH CHECK ({POSTS})")


def downgrade() -> None:
    op.drop_table("outgoing_letter")
