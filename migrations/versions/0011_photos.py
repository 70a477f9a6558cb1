"""Photos that came with reports, and those that wait at a provider."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

HANDLES_PHOTOS = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'migration')"
TRIAGES = "current_setting('gapline.viewer', true) IN ('partner_member', 'partner_lead', 'desk')"
MESSAGE_IS_SEEN = "EXISTS (SELECT 1 FROM incoming_message WHERE incoming_message.id = message_id)"
TABLES = ("waiting_photo", "photo")


def upgrade() -> None:
    op.create_table(
        "photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("full", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["incoming_message.id"], name=op.f("fk_photo_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index(op.f("ix_photo_message_id"), "photo", ["message_id"], unique=False)
    op.create_table(
        "waiting_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("url_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_wanted", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["incoming_message.id"], name=op.f("fk_waiting_photo_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_photo")),
    )
    op.create_index(op.f("ix_waiting_photo_message_id"), "waiting_photo", ["message_id"], unique=False)
    _guard()


def _guard() -> None:
    """What is sealed cannot be compressed: EXTERNAL spares PostgreSQL the try."""
    for column in ("full", "small"):
        op.execute(f'ALTER TABLE photo ALTER COLUMN "{column}" SET STORAGE EXTERNAL')
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({HANDLES_PHOTOS}) WITH CHECK ({HANDLES_PHOTOS})")
    op.execute(f"CREATE POLICY seen ON photo FOR SELECT USING ({TRIAGES} AND {MESSAGE_IS_SEEN})")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
