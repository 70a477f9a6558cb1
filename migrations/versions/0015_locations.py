"""Where somebody stood when they reported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

HANDLES_LOCATIONS = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'migration')"
TRIAGES = "current_setting('gapline.viewer', true) IN ('partner_member', 'partner_lead', 'desk')"
REPORT_IS_SEEN = "EXISTS (SELECT 1 FROM report WHERE report.id = report_id)"


def upgrade() -> None:
    op.create_table(
        "report_location",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_location_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_location")),
    )
    _guard()


def _guard() -> None:
    handled = f"USING ({HANDLES_LOCATIONS}) WITH CHECK ({HANDLES_LOCATIONS})"
    op.execute("ALTER TABLE report_location ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE report_location FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY viewer ON report_location {handled}")
    op.execute(f"CREATE POLICY seen ON report_location FOR SELECT USING ({TRIAGES} AND {REPORT_IS_SEEN})")


def downgrade() -> None:
    op.drop_table("report_location")
