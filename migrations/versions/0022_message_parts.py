"""Messages that come in parts, kept until they are whole."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

HANDLES_CONTACTS = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'migration')"


def upgrade() -> None:
    op.create_table(
        "message_part",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("provider_message_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("joined", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channel.slug"], name=op.f("fk_message_part_channel")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_message_part_contact_id")),
        sa.PrimaryKeyConstraint("channel", "provider_message_id", name=op.f("pk_message_part")),
    )
    op.create_index(op.f("ix_message_part_contact_id"), "message_part", ["contact_id"], unique=False)
    op.create_index(
        "ix_message_part_waiting", "message_part", ["at"], unique=False, postgresql_where=sa.text("NOT joined")
    )
    op.execute("ALTER TABLE message_part ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE message_part FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON message_part USING ({HANDLES_CONTACTS}) WITH CHECK ({HANDLES_CONTACTS})")


def downgrade() -> None:
    op.drop_table("message_part")
