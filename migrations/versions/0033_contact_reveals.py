"""Numbers can be shown to people: each is written down, and that line is what opens it for a minute."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

VIEWER = "(SELECT current_setting('gapline.viewer', true))"
MINE = "account_id::text = (SELECT current_setting('gapline.account', true))"
WORKS = f"{VIEWER} IN ('intake', 'worker', 'command', 'migration')"
TRIAGES = f"{VIEWER} IN ('partner_member', 'partner_lead', 'desk') AND {MINE}"
OPENS = f"{VIEWER} = 'reveal' AND {MINE}"
OF_THEIR_REPORT = """
    contact_id IS NULL OR EXISTS (
        SELECT 1 FROM report WHERE report.id = report_id AND report.contact_id = contact_reveal.contact_id
            AND report.answerable)
"""
OVERSEES = f"""
    ({VIEWER} = 'partner_lead' AND place = (SELECT current_setting('gapline.partner', true)))
    OR ({VIEWER} = 'desk' AND place = (SELECT lower(current_setting('gapline.country', true)) || '-desk'))
    OR {VIEWER} = 'administrator'
"""
JUST_WRITTEN = """
    (SELECT current_setting('gapline.viewer', true)) = 'reveal' AND EXISTS (
        SELECT 1 FROM contact_reveal WHERE contact_reveal.contact_id = contact.id
            AND contact_reveal.account_id::text = (SELECT current_setting('gapline.account', true))
            AND contact_reveal.at > now() - interval '1 minute')
"""


def upgrade() -> None:
    op.create_table(
        "contact_reveal",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=10), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("place", "by", "why", "reason")),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        *(
            sa.ForeignKeyConstraint([f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_contact_reveal_{table}_id"))
            for table in ("report", "account", "contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_reveal")),
    )
    op.create_index("ix_contact_reveal_at", "contact_reveal", ["at", "id"], unique=False)
    op.create_index("ix_contact_reveal_account", "contact_reveal", ["account_id", "at"], unique=False)
    waiting = "contact_id IS NOT NULL"
    op.create_index(
        "ix_contact_reveal_open", "contact_reveal", ["contact_id"], unique=False, postgresql_where=waiting
    )
    _guard()


def _guard() -> None:
    op.execute("ALTER TABLE contact_reveal ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE contact_reveal FORCE ROW LEVEL SECURITY")
    check = f"({WORKS}) OR (({TRIAGES}) AND ({OF_THEIR_REPORT})) OR (({OPENS}) AND contact_id IS NULL)"
    rule = f"({WORKS}) OR ({TRIAGES}) OR ({OPENS})"
    op.execute(f"CREATE POLICY viewer ON contact_reveal USING ({rule}) WITH CHECK ({check})")
    op.execute(f"CREATE POLICY overseen ON contact_reveal FOR SELECT USING ({OVERSEES})")
    op.execute(f"CREATE POLICY revealed ON contact FOR SELECT USING ({JUST_WRITTEN})")


def downgrade() -> None:
    op.execute("DROP POLICY revealed ON contact")
    op.drop_table("contact_reveal")
