"""Who follows a report, what each person is told of, and which letters they wish."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

VIEWER = "(SELECT current_setting('gapline.viewer', true))"
SEES_EVERY_REPORT = f"{VIEWER} IN ('intake', 'worker', 'command', 'migration')"
REPORT_IS_SEEN = "(SELECT true FROM report WHERE report.id = report_id) IS TRUE"
OWN = f"""
    {VIEWER} IN ('worker', 'command', 'migration')
    OR ({VIEWER} IN ('partner_member', 'partner_lead', 'desk')
        AND account_id::text = (SELECT current_setting('gapline.account', true)))
"""
POLICIES = {
    "report_follow": f"{SEES_EVERY_REPORT} OR {REPORT_IS_SEEN}",
    "notice": OWN,
    "letter_choice": OWN,
}


def upgrade() -> None:
    op.add_column("report_event", sa.Column("fresh", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index("ix_report_event_fresh", "report_event", ["id"], unique=False, postgresql_where="fresh")
    _create_follows()
    _create_notices()
    _create_choices()
    for table, policy in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({policy}) WITH CHECK ({policy})")


def _create_follows() -> None:
    op.create_table(
        "report_follow",
        _key("report_id", sa.Uuid()),
        _key("account_id", sa.Integer()),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        _belongs("report_follow", "report"),
        _belongs("report_follow", "account"),
        sa.PrimaryKeyConstraint("report_id", "account_id", name=op.f("pk_report_follow")),
    )
    op.create_index(op.f("ix_report_follow_account_id"), "report_follow", ["account_id"], unique=False)


def _create_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), nullable=False),
        _key("account_id", sa.Integer()),
        _key("report_id", sa.Uuid()),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter", sa.String(), nullable=True),
        _belongs("notice", "account"),
        _belongs("notice", "report"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("account_id", "event_id", name=op.f("uq_notice_account_id_event_id")),
    )
    op.create_index(op.f("ix_notice_at"), "notice", ["at"], unique=False)
    for name, columns, where in (
        ("ix_notice_unread", ["account_id", "report_id"], "read_at IS NULL"),
        ("ix_notice_letter", ["letter", "account_id"], "letter IS NOT NULL"),
    ):
        op.create_index(name, "notice", columns, unique=False, postgresql_where=where)


def _create_choices() -> None:
    op.create_table(
        "letter_choice",
        _key("account_id", sa.Integer()),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("mention", "assigned", "followed")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("new_reports", "rhythm")),
        sa.Column("digest_on", sa.Date(), nullable=True),
        sa.Column("digest_until", sa.DateTime(timezone=True), nullable=True),
        _belongs("letter_choice", "account"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_letter_choice")),
    )


def _key(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _belongs(table: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{to}_id"], [f"{to}.id"], name=op.f(f"fk_{table}_{to}_id"), ondelete="CASCADE")


def downgrade() -> None:
    for table in POLICIES:
        op.drop_table(table)
    op.drop_index("ix_report_event_fresh", table_name="report_event")
    op.drop_column("report_event", "fresh")
