"""What each person's inbox remembers: saved views, what was looked at, and how far one has read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"

VIEWER = "(SELECT current_setting('gapline.viewer', true))"
WORKS = f"{VIEWER} IN ('worker', 'command', 'migration')"
OWN = f"""
    {VIEWER} IN ('partner_member', 'partner_lead', 'desk')
    AND account_id::text = (SELECT current_setting('gapline.account', true))
"""
AT_PARTNER = "place = (SELECT current_setting('gapline.partner', true))"
AT_DESK = f"{VIEWER} = 'desk' AND place = (SELECT lower(current_setting('gapline.country', true)) || '-desk')"
SHARED = f"({VIEWER} IN ('partner_member', 'partner_lead') AND {AT_PARTNER}) OR ({AT_DESK})"
LOOKED_AFTER = f"({VIEWER} = 'partner_lead' AND {AT_PARTNER}) OR ({AT_DESK})"
"""A shared view is its author's, and the lead's or the desk's to change."""

TABLES = ("inbox_habit", "saved_view", "report_look")


def _moment(name: str, **rest: object) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), **rest)


def _account(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_account_id")
    column = sa.Column("account_id", sa.Integer(), nullable=False)
    return column, sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "report_look",
        *_account("report_look"),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        _moment("at", server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_look_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "report_id", name=op.f("pk_report_look")),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.BigInteger(), nullable=False),
        *_account("saved_view"),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        _moment("at", server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    for column in ("account_id", "place"):
        op.create_index(op.f(f"ix_saved_view_{column}"), "saved_view", [column], unique=False)
    op.create_table(
        "inbox_habit",
        *_account("inbox_habit"),
        _moment("read_until", nullable=True),
        sa.Column("views", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
        sa.Column("opens_with", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opens_with"], ["saved_view.id"], name=op.f("fk_inbox_habit_opens_with"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_inbox_habit")),
    )
    is_open = "status IN ('new', 'acknowledged', 'in_follow_up', 'needs_information', 'reopened')"
    columns = ["entry_point", "said_at", "id"]
    op.create_index("ix_report_said", "report", columns, unique=False, postgresql_where=is_open)
    unrouted = f"(entry_point IS NULL OR cardinality(flags) > 0) AND {is_open}"
    columns = ["country", "created_at", "id"]
    op.create_index("ix_report_desk_open", "report", columns, unique=False, postgresql_where=unrouted)
    _guard()


def _guard() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for table in ("inbox_habit", "report_look"):
        rule = f"({WORKS}) OR ({OWN})"
        op.execute(f"CREATE POLICY viewer ON {table} USING ({rule}) WITH CHECK ({rule})")
    rule = f"({WORKS}) OR ({OWN}) OR {LOOKED_AFTER}"
    check = f"({WORKS}) OR (({OWN}) AND (place IS NULL OR {SHARED})) OR {LOOKED_AFTER}"
    op.execute(f"CREATE POLICY viewer ON saved_view USING ({rule}) WITH CHECK ({check})")
    op.execute(f"CREATE POLICY shared ON saved_view FOR SELECT USING ({SHARED})")


def downgrade() -> None:
    for index in ("ix_report_desk_open", "ix_report_said"):
        op.drop_index(index, table_name="report")
    for table in TABLES:
        op.drop_table(table)
