"""When reports are due: the clock of each report, partners' plans, and the versions of those."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"

SAYS_WHO = "(SELECT current_setting('gapline.viewer', true)) <> ''"
EDITS = """(
    (SELECT current_setting('gapline.viewer', true)) IN ('command', 'migration', 'administrator')
    OR ((SELECT current_setting('gapline.viewer', true)) = 'partner_lead'
        AND partner = (SELECT current_setting('gapline.partner', true)))
)"""

LOOK_BACK = """
UPDATE report SET
    counted_from = coalesce(
        (SELECT max(at) FROM report_event WHERE report_id = report.id AND detail ->> 'new' = 'reopened'),
        least(created_at, (SELECT min(received_at) FROM incoming_message WHERE report_id = report.id))),
    step = CASE status
        WHEN 'new' THEN 'first_answer' WHEN 'reopened' THEN 'first_answer'
        WHEN 'acknowledged' THEN 'resolution' WHEN 'in_follow_up' THEN 'resolution'
        WHEN 'needs_information' THEN 'information' END,
    waiting_since = CASE status WHEN 'needs_information' THEN coalesce(
        (SELECT max(at) FROM report_event WHERE report_id = report.id AND detail ->> 'new' = 'needs_information'),
        created_at) END
"""
"""What the timelines say of the reports that are here already."""

GIVE_DATES = "UPDATE report SET escalate_at = now() WHERE step IS NOT NULL"
"""Working time cannot be counted here: the job that escalates gives each of them its date first."""

TOOK_A_FLAG = "UPDATE report SET flags = array_remove(flags, 'escalated') WHERE 'escalated' = ANY (flags)"

AT_DESK = "due_at IS NOT NULL AND (entry_point IS NULL OR cardinality(flags) > 0)"
INDEXES = (
    ("ix_report_due", ["entry_point", "due_at"], "due_at IS NOT NULL"),
    ("ix_report_due_at_desk", ["country", "due_at"], AT_DESK),
    ("ix_report_escalate", ["escalate_at"], "escalate_at IS NOT NULL"),
)
MOMENT = sa.DateTime(timezone=True)
JSON = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    _add_clock()
    _add_plans()
    _guard()


def downgrade() -> None:
    op.drop_table("deadline_plan_version")
    op.drop_table("deadline_plan")
    op.execute(TOOK_A_FLAG)
    for name, _columns, _where in INDEXES:
        op.drop_index(name, table_name="report")
    for name in ("escalate_at", "escalated", "waiting_since", "waited", "due_at", "step", "counted_from"):
        op.drop_column("report", name)


def _add_clock() -> None:
    for column in (
        sa.Column("counted_from", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("waited", sa.Integer(), server_default="0", nullable=False),
        sa.Column("waiting_since", MOMENT, nullable=True),
        sa.Column("escalated", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("escalate_at", MOMENT, nullable=True),
    ):
        op.add_column("report", column)
    op.execute(LOOK_BACK)
    op.execute(GIVE_DATES)
    for name, columns, where in INDEXES:
        op.create_index(name, "report", columns, unique=False, postgresql_where=where)


def _add_plans() -> None:
    op.create_table(
        "deadline_plan",
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_deadline_plan_partner")),
        sa.PrimaryKeyConstraint("partner", name=op.f("pk_deadline_plan")),
    )
    op.create_table(
        "deadline_plan_version",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"], ["directory_partner.slug"], name=op.f("fk_deadline_plan_version_partner")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_deadline_plan_version")),
    )
    name = op.f("ix_deadline_plan_version_partner_number")
    op.create_index(name, "deadline_plan_version", ["partner", "number"], unique=False)


def _guard() -> None:
    """Everybody counts by the plans, so everybody reads them; the history is for those who edit."""
    for table in ("deadline_plan", "deadline_plan_version"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({EDITS}) WITH CHECK ({EDITS})")
    op.execute(f"CREATE POLICY seen ON deadline_plan FOR SELECT USING ({SAYS_WHO})")
