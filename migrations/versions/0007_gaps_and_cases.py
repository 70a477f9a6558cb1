"""Gaps and which reports belong to them, budget cases and all that belongs to them, and what people agreed to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

WORKS_ON_ALL = "current_setting('gapline.viewer', true) IN ('worker', 'command', 'migration')"
ASKS_PEOPLE = "current_setting('gapline.viewer', true) IN ('worker', 'command', 'migration', 'intake')"
HANDLES_CONTACTS = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'migration')"
IS_PARTNER = "current_setting('gapline.viewer', true) IN ('partner_member', 'partner_lead')"
IS_REVIEWER = "current_setting('gapline.viewer', true) = 'reviewer'"

OWN = f"""
    {WORKS_ON_ALL}
    OR ({IS_PARTNER} AND entry_point = ANY (string_to_array(current_setting('gapline.entry_points', true), ',')))
"""
GAP_IS_SEEN = "EXISTS (SELECT 1 FROM gap WHERE gap.id = gap_id)"
CASE_IS_SEEN = "EXISTS (SELECT 1 FROM budget_case WHERE budget_case.id = case_id)"
OF_CASE = f"{WORKS_ON_ALL} OR ({IS_PARTNER} AND {CASE_IS_SEEN})"

POLICIES = {
    "consent": HANDLES_CONTACTS,
    "gap": OWN,
    "gap_member": WORKS_ON_ALL,
    "budget_case": OWN,
    "case_hypothesis": OF_CASE,
    "case_figure": OF_CASE,
    "case_action": OF_CASE,
    "case_response": OF_CASE,
    "case_event": OF_CASE,
    "fix_question": f"{ASKS_PEOPLE} OR ({IS_PARTNER} AND {CASE_IS_SEEN})",
}
SHARED = {
    "budget_case": "visibility = 'shared'",
    "case_hypothesis": CASE_IS_SEEN,
    "case_figure": CASE_IS_SEEN,
    "case_action": CASE_IS_SEEN,
    "case_response": CASE_IS_SEEN,
}
"""What the reviewer reads, and never writes."""


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channel.slug"], name=op.f("fk_consent_channel")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_consent_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_newest", "consent", ["contact_id", "purpose", "id"], unique=False)
    op.create_table(
        "gap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("entry_point", sa.String(), nullable=False),
        sa.Column("problem_type", sa.String(), nullable=True),
        sa.Column("gap_kind", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("reports", sa.Integer(), server_default="0", nullable=False),
        sa.Column("people", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["area"], ["directory_area.code"], name=op.f("fk_gap_area")),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_gap_country")),
        sa.ForeignKeyConstraint(["entry_point"], ["directory_entry_point.slug"], name=op.f("fk_gap_entry_point")),
        sa.ForeignKeyConstraint(
            ["problem_type"], ["directory_problem_type.slug"], name=op.f("fk_gap_problem_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
        sa.UniqueConstraint("key", name=op.f("uq_gap_key")),
    )
    op.create_index("ix_gap_list", "gap", ["entry_point", "last_seen", "id"], unique=False)
    op.create_table(
        "budget_case",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("gap_id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("entry_point", sa.String(), nullable=False),
        sa.Column("problem_type", sa.String(), nullable=True),
        sa.Column("gap_kind", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="forming", nullable=False),
        sa.Column("parked_from", sa.String(), nullable=True),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("safety", sa.String(), server_default="ordinary", nullable=False),
        sa.Column("visibility", sa.String(), server_default="partner", nullable=False),
        sa.Column("verified_by_partner", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("place", sa.String(), server_default="", nullable=False),
        sa.Column("people_affected", sa.Integer(), nullable=True),
        sa.Column("women_share", sa.Integer(), nullable=True),
        sa.Column("entitlement", sa.String(), server_default="", nullable=False),
        sa.Column("programme", sa.String(), server_default="", nullable=False),
        sa.Column("cofog", sa.String(), nullable=True),
        sa.Column("government_level", sa.String(), nullable=True),
        sa.Column("responsible_office", sa.String(), server_default="", nullable=False),
        sa.Column(
            "opened_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column(
            "changed_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["area"], ["directory_area.code"], name=op.f("fk_budget_case_area")),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_budget_case_country")),
        sa.ForeignKeyConstraint(
            ["entry_point"], ["directory_entry_point.slug"], name=op.f("fk_budget_case_entry_point")
        ),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_budget_case_gap_id")),
        sa.ForeignKeyConstraint(["owner"], ["directory_partner.slug"], name=op.f("fk_budget_case_owner")),
        sa.ForeignKeyConstraint(
            ["problem_type"], ["directory_problem_type.slug"], name=op.f("fk_budget_case_problem_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_case")),
    )
    op.create_index(op.f("ix_budget_case_gap_id"), "budget_case", ["gap_id"], unique=False)
    op.create_index("ix_budget_case_list", "budget_case", ["entry_point", "changed_at", "id"], unique=False)
    op.create_index(
        "ix_budget_case_shared",
        "budget_case",
        ["changed_at", "id"],
        unique=False,
        postgresql_where=sa.text("visibility = 'shared'"),
    )
    op.create_table(
        "gap_member",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("gap_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_gap_member_gap_id")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_gap_member_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_gap_member")),
    )
    op.create_index(op.f("ix_gap_member_gap_id_seen_at"), "gap_member", ["gap_id", "seen_at"], unique=False)
    op.create_index("ix_gap_member_people", "gap_member", ["gap_id", "contact_id"], unique=False)
    op.create_table(
        "case_action",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("statutory_due_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(), server_default="", nullable=False),
        sa.Column("state", sa.String(), server_default="open", nullable=False),
        sa.Column("outcome", sa.String(), server_default="", nullable=False),
        sa.Column("lapsed_on", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["budget_case.id"], name=op.f("fk_case_action_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_action")),
    )
    op.create_index(op.f("ix_case_action_case_id"), "case_action", ["case_id"], unique=False)
    op.create_index(
        "ix_case_action_due", "case_action", ["due_on"], unique=False, postgresql_where=sa.text("state = 'open'")
    )
    op.create_table(
        "case_event",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=Text()), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_case_event_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["budget_case.id"], name=op.f("fk_case_event_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    op.create_index(op.f("ix_case_event_case_id_id"), "case_event", ["case_id", "id"], unique=False)
    op.create_table(
        "case_figure",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("fiscal_year", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("admin_unit", sa.String(), server_default="", nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("is_money", sa.Boolean(), nullable=False),
        sa.Column("source_title", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), server_default="", nullable=False),
        sa.Column("source_page", sa.String(), server_default="", nullable=False),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(), server_default="", nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["budget_case.id"], name=op.f("fk_case_figure_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_figure")),
    )
    op.create_index(op.f("ix_case_figure_case_id"), "case_figure", ["case_id"], unique=False)
    op.create_table(
        "case_hypothesis",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["budget_case.id"], name=op.f("fk_case_hypothesis_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_hypothesis")),
    )
    op.create_index(op.f("ix_case_hypothesis_case_id"), "case_hypothesis", ["case_id"], unique=False)
    op.create_table(
        "fix_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("about", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column(
            "asked_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["budget_case.id"], name=op.f("fk_fix_question_case_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_fix_question_contact_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_fix_question_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fix_question")),
        sa.UniqueConstraint(
            "case_id", "round", "contact_id", name=op.f("uq_fix_question_case_id_round_contact_id")
        ),
    )
    op.create_index(
        "ix_fix_question_person",
        "fix_question",
        ["contact_id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_fix_question_waiting",
        "fix_question",
        ["asked_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "case_response",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("action_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("promised_by", sa.Date(), nullable=True),
        sa.Column("document", sa.String(), server_default="", nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["case_action.id"], name=op.f("fk_case_response_action_id")),
        sa.ForeignKeyConstraint(["case_id"], ["budget_case.id"], name=op.f("fk_case_response_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_response")),
    )
    op.create_index(op.f("ix_case_response_case_id"), "case_response", ["case_id"], unique=False)
    _guard()


def _guard() -> None:
    for table, policy in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({policy}) WITH CHECK ({policy})")
    op.execute(f"CREATE POLICY seen ON gap_member FOR SELECT USING ({IS_PARTNER} AND {GAP_IS_SEEN})")
    for table, shared in SHARED.items():
        op.execute(f"CREATE POLICY shared ON {table} FOR SELECT USING ({IS_REVIEWER} AND {shared})")


def downgrade() -> None:
    for table in reversed(POLICIES):
        op.drop_table(table)
