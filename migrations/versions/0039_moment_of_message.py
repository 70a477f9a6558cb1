"""A message's moment is its own, not its transaction's: two that are queued together keep their order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.alter_column("outgoing_message", "created_at", server_default=sa.text("clock_timestamp()"))


def downgrade() -> None:
    op.alter_column("outgoing_message", "created_at", server_default=sa.text("now()"))
