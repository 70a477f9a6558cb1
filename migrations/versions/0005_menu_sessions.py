"""Sessions of the USSD menu, and how a channel's aggregator speaks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

HANDLES_CONTACTS = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'migration')"


def upgrade() -> None:
    op.add_column(
        "channel",
        sa.Column("options", postgresql.JSONB(astext_type=Text()), server_default="{}", nullable=False),
    )
    op.add_column("channel", sa.Column("credentials", sa.LargeBinary(), nullable=True))
    op.create_table(
        "menu_session",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("draft", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("screen", sa.String(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("unfinished", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channel.slug"], name=op.f("fk_menu_session_channel")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_menu_session_contact_id")),
        sa.PrimaryKeyConstraint("channel", "session_id", name=op.f("pk_menu_session")),
    )
    where = {"postgresql_where": "unfinished"}
    op.create_index("ix_menu_session_resume", "menu_session", ["contact_id", "channel"], unique=False, **where)
    op.create_index("ix_menu_session_left", "menu_session", ["changed_at"], unique=False, **where)
    op.create_index("ix_menu_session_changed_at", "menu_session", ["changed_at"], unique=False)
    op.execute("ALTER TABLE menu_session ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE menu_session FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON menu_session USING ({HANDLES_CONTACTS}) WITH CHECK ({HANDLES_CONTACTS})")


def downgrade() -> None:
    op.drop_table("menu_session")
    op.drop_column("channel", "credentials")
    op.drop_column("channel", "options")
