"""What opens a report on the web, and the tries that the web's brakes count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

HANDLES_CONTACTS = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'migration')"
TABLES = ("tracking_secret", "web_try")


def upgrade() -> None:
    op.create_table(
        "tracking_secret",
        sa.Column("form", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_tracking_secret_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("form", name=op.f("pk_tracking_secret")),
        sa.UniqueConstraint("report_id", name=op.f("uq_tracking_secret_report_id")),
    )
    op.create_table(
        "web_try",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_try")),
    )
    op.create_index(op.f("ix_web_try_key_at"), "web_try", ["key", "at"], unique=False)
    op.create_index(op.f("ix_web_try_at"), "web_try", ["at"], unique=False)
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({HANDLES_CONTACTS}) WITH CHECK ({HANDLES_CONTACTS})")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
