"""The month's figures: the rollup, which no person reads, and what is published of it, which everybody does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

WORKS_ON_ALL = "current_setting('gapline.viewer', true) IN ('worker', 'command', 'migration')"
SAYS_WHO = "current_setting('gapline.viewer', true) <> ''"
PLACE = ("country", "sector", "area")
PUBLISHED = ("figure_edition", "published_count")


def upgrade() -> None:
    op.create_table(
        "monthly_count",
        sa.Column("month", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in PLACE),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("reports", "people", "once", "gaps", "cases", "fixes")
        ),
        sa.PrimaryKeyConstraint("month", *PLACE, name=op.f("pk_monthly_count")),
    )
    op.create_table(
        "figure_edition",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "published_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("month", "number", name=op.f("pk_figure_edition")),
    )
    op.create_table(
        "published_count",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in PLACE),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("reports", "people", "gaps", "cases", "fixes")),
        sa.ForeignKeyConstraint(
            ["month", "edition"],
            ["figure_edition.month", "figure_edition.number"],
            name=op.f("fk_published_count_month"),
        ),
        sa.PrimaryKeyConstraint("month", "edition", *PLACE, name=op.f("pk_published_count")),
    )
    op.create_index("ix_published_count_trend", "published_count", [*PLACE, "month"])
    _guard()


def _guard() -> None:
    for table in ("monthly_count", *PUBLISHED):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({WORKS_ON_ALL}) WITH CHECK ({WORKS_ON_ALL})")
    for table in PUBLISHED:
        op.execute(f"CREATE POLICY seen ON {table} FOR SELECT USING ({SAYS_WHO})")


def downgrade() -> None:
    for table in ("published_count", "figure_edition", "monthly_count"):
        op.drop_table(table)
