"""Reports, the people and words behind them, and the messages in and out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import String, Text
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("stopped", postgresql.ARRAY(String()), server_default="{}", nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("number_index", name=op.f("uq_contact_number_index")),
    )
    op.create_table(
        "early_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("provider_message_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("raw_status", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channel.slug"], name=op.f("fk_early_receipt_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_receipt")),
    )
    op.create_index(
        op.f("ix_early_receipt_channel_provider_message_id"),
        "early_receipt",
        ["channel", "provider_message_id"],
        unique=False,
    )
    op.create_table(
        "open_question",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("choices", postgresql.ARRAY(String()), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("about", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channel.slug"], name=op.f("fk_open_question_channel")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_open_question_contact_id")),
        sa.PrimaryKeyConstraint("contact_id", "channel", name=op.f("pk_open_question")),
    )
    op.create_index(op.f("ix_open_question_asked_at"), "open_question", ["asked_at"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=10), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("entry_point", sa.String(), nullable=True),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("problem_type", sa.String(), nullable=True),
        sa.Column("gap_kind", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("status", sa.String(), server_default="new", nullable=False),
        sa.Column("flags", postgresql.ARRAY(String()), server_default="{}", nullable=False),
        sa.Column("why", sa.String(), server_default="", nullable=False),
        sa.Column("answerable", sa.Boolean(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("reply_channel", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["area"], ["directory_area.code"], name=op.f("fk_report_area")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_report_contact_id")),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_report_country")),
        sa.ForeignKeyConstraint(
            ["entry_point"], ["directory_entry_point.slug"], name=op.f("fk_report_entry_point")
        ),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_report_partner")),
        sa.ForeignKeyConstraint(
            ["problem_type"], ["directory_problem_type.slug"], name=op.f("fk_report_problem_type")
        ),
        sa.ForeignKeyConstraint(["reply_channel"], ["channel.slug"], name=op.f("fk_report_reply_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("reference", name=op.f("uq_report_reference")),
    )
    op.create_index(op.f("ix_report_contact_id"), "report", ["contact_id"], unique=False)
    op.create_index("ix_report_desk", "report", ["country", "created_at", "id"], unique=False)
    op.create_index("ix_report_inbox", "report", ["entry_point", "created_at", "id"], unique=False)
    op.create_index("ix_report_newest", "report", ["created_at", "id"], unique=False)
    op.create_index("ix_report_status", "report", ["entry_point", "status", "created_at", "id"], unique=False)
    op.create_table(
        "incoming_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("provider_message_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("media", sa.Integer(), server_default="0", nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channel.slug"], name=op.f("fk_incoming_message_channel")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_incoming_message_contact_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_incoming_message_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_message")),
    )
    op.create_index(op.f("ix_incoming_message_contact_id"), "incoming_message", ["contact_id"], unique=False)
    op.create_index(op.f("ix_incoming_message_report_id"), "incoming_message", ["report_id"], unique=False)
    op.create_index(
        "uq_incoming_message_provider", "incoming_message", ["channel", "provider_message_id"], unique=True
    )
    op.create_table(
        "outgoing_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), server_default="ready", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("doubts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("provider_message_id", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channel.slug"], name=op.f("fk_outgoing_message_channel")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_outgoing_message_contact_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_outgoing_message_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_message")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_message_key")),
    )
    op.create_index(
        "ix_outgoing_message_caps", "outgoing_message", ["contact_id", "purpose", "created_at"], unique=False
    )
    op.create_index(
        "ix_outgoing_message_open",
        "outgoing_message",
        ["state", "changed_at"],
        unique=False,
        postgresql_where="state IN ('ready', 'attempting', 'unknown')",
    )
    op.create_index(
        "ix_outgoing_message_provider", "outgoing_message", ["channel", "provider_message_id"], unique=False
    )
    op.create_index(op.f("ix_outgoing_message_report_id"), "outgoing_message", ["report_id"], unique=False)
    op.create_table(
        "report_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_answer_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_answer")),
    )
    op.create_index(op.f("ix_report_answer_report_id_at"), "report_answer", ["report_id", "at"], unique=False)
    op.create_table(
        "report_event",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=Text()), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_report_event_account_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_event_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_event")),
    )
    op.create_index(op.f("ix_report_event_report_id_at"), "report_event", ["report_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("report_event")
    op.drop_table("report_answer")
    op.drop_table("outgoing_message")
    op.drop_table("incoming_message")
    op.drop_table("report")
    op.drop_table("open_question")
    op.drop_table("early_receipt")
    op.drop_table("contact")
