"""The marks of a report: tags, priority, snoozed until when, and when staff and the person last stirred."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"

LOOK_BACK = """
UPDATE report SET
    touched_at = coalesce(
        (SELECT max(at) FROM report_event WHERE report_id = report.id AND account_id IS NOT NULL), created_at),
    said_at = coalesce(
        (SELECT max(received_at) FROM incoming_message WHERE report_id = report.id), created_at)
"""
"""What the timelines say of the reports that are here already."""


def upgrade() -> None:
    op.add_column("report", sa.Column("tags", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False))
    op.add_column("report", sa.Column("priority", sa.SmallInteger(), server_default="3", nullable=False))
    op.add_column("report", sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True))
    for column in ("touched_at", "said_at"):
        now = sa.text("now()")
        op.add_column("report", sa.Column(column, sa.DateTime(timezone=True), server_default=now, nullable=False))
    op.execute(LOOK_BACK)
    op.create_index(
        "ix_report_tagged",
        "report",
        ["entry_point", "created_at", "id"],
        unique=False,
        postgresql_where="tags <> '{}'",
    )
    op.create_index(
        "ix_report_snoozed",
        "report",
        ["entry_point", "snoozed_until"],
        unique=False,
        postgresql_where="snoozed_until IS NOT NULL",
    )


def downgrade() -> None:
    for index in ("ix_report_snoozed", "ix_report_tagged"):
        op.drop_index(index, table_name="report")
    for column in ("said_at", "touched_at", "snoozed_until", "priority", "tags"):
        op.drop_column("report", column)
