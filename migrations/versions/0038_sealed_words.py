"""The words of sensitive reports, sealed, for named people; and the original words of what was blacked out.

The words of the reports that are here already cannot be sealed by a migration, which has no keys: the worker
seals them (`upkeep.seal`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

KEEPS = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'migration')"
SEES_EVERY_REPORT = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'command', 'migration')"
TRIAGES = "current_setting('gapline.viewer', true) IN ('partner_member', 'partner_lead', 'desk')"
REPORT_IS_SEEN = "((SELECT true FROM report WHERE report.id = report_id) IS TRUE)"

LED = """(
    (current_setting('gapline.viewer', true) = 'partner_lead'
        AND report.partner = current_setting('gapline.partner', true))
    OR (current_setting('gapline.viewer', true) = 'desk' AND report.entry_point IS NULL)
)"""
"""Among the reports that the viewer sees: row security holds inside of policies too."""

IS_NAMED = """EXISTS (
    SELECT 1 FROM report_reader reader
    WHERE reader.report_id = report.id AND reader.account_id::text = current_setting('gapline.account', true))"""
READ = f"(report.sealed IS NOT TRUE OR {LED} OR {IS_NAMED})"

ITS_REPORT = "(SELECT true FROM report WHERE report.id = report_id AND "
LEADS_IT = f"{TRIAGES} AND ({ITS_REPORT}{LED}) IS TRUE)"
READS_IT = f"{TRIAGES} AND ({ITS_REPORT}{READ}) IS TRUE)"
READS_OR_LEADS = f"((kind <> 'original' AND {READS_IT}) OR (kind = 'original' AND {LEADS_IT}))"
MESSAGE_IS_SEEN = "((SELECT true FROM incoming_message WHERE incoming_message.id = message_id) IS TRUE)"
ITS_MESSAGE = """(
    SELECT true FROM incoming_message said JOIN report ON report.id = said.report_id
    WHERE said.id = message_id AND """
PHOTO_IS_SEEN = f"{TRIAGES} AND ({ITS_MESSAGE}{READ}) IS TRUE)"
"""Looked up by the key, as 0030 explains."""

TABLES = ("sealed_reading", "report_reader", "sealed_text")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("report", sa.Column("sealed", sa.Boolean(), nullable=True))
    op.add_column("incoming_message", sa.Column("redacted_at", MOMENT, nullable=True))
    _add_texts()
    _add_readers()
    _guard()


def downgrade() -> None:
    op.execute("DROP POLICY seen ON report_location")
    op.execute(f"CREATE POLICY seen ON report_location FOR SELECT USING ({TRIAGES} AND {REPORT_IS_SEEN})")
    op.execute("DROP POLICY seen ON photo")
    op.execute(f"CREATE POLICY seen ON photo FOR SELECT USING ({TRIAGES} AND {MESSAGE_IS_SEEN})")
    for table in ("sealed_text", "sealed_reading", "report_reader"):
        op.drop_table(table)
    op.drop_column("incoming_message", "redacted_at")
    op.drop_column("report", "sealed")


def _add_texts() -> None:
    op.create_table(
        "sealed_text",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_sealed_text_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind", "row_id", name=op.f("pk_sealed_text")),
    )
    op.create_index(op.f("ix_sealed_text_report_id"), "sealed_text", ["report_id"], unique=False)


def _add_readers() -> None:
    op.create_table(
        "report_reader",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_reader_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_report_reader_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "account_id", name=op.f("pk_report_reader")),
    )
    op.create_table(
        "sealed_reading",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_sealed_reading_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sealed_reading_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_reading")),
    )
    op.create_index(op.f("ix_sealed_reading_report_id_at"), "sealed_reading", ["report_id", "at"], unique=False)


def _guard() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON sealed_text USING ({KEEPS}) WITH CHECK ({KEEPS})")
    op.execute(f"CREATE POLICY read ON sealed_text FOR SELECT USING ({READS_OR_LEADS})")
    op.execute(f"CREATE POLICY add ON sealed_text FOR INSERT WITH CHECK ({TRIAGES} AND {REPORT_IS_SEEN})")
    op.execute(f"CREATE POLICY change ON sealed_text FOR UPDATE USING ({READS_OR_LEADS})")
    op.execute(f"CREATE POLICY remove ON sealed_text FOR DELETE USING ({READS_OR_LEADS})")
    op.execute(f"CREATE POLICY viewer ON report_reader USING ({KEEPS} OR ({LEADS_IT}))")
    op.execute(f"CREATE POLICY seen ON report_reader FOR SELECT USING ({TRIAGES} AND {REPORT_IS_SEEN})")
    everybody = f"{SEES_EVERY_REPORT} OR {REPORT_IS_SEEN}"
    op.execute(f"CREATE POLICY viewer ON sealed_reading USING ({everybody}) WITH CHECK ({everybody})")
    for table, seen in (("photo", PHOTO_IS_SEEN), ("report_location", READS_IT)):
        op.execute(f"DROP POLICY seen ON {table}")
        op.execute(f"CREATE POLICY seen ON {table} FOR SELECT USING ({seen})")
