"""Who works on a report, and words that can be searched without regard to accents and case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

MARKS = r"[\u0300-\u036f]"
"""Combining marks of Latin letters; the vowel signs of Indic scripts are letters of their words and stay."""

FOLDED = f"""
CREATE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN translate(regexp_replace(normalize(lower(words), NFD), '{MARKS}', '', 'g'), 'ɛɔɓɗƙƴɖƒɣŋʋøł', 'eobdkydfgnvol')
"""
SEARCHED = {"incoming_message": "body", "report_event": "detail ->> 'text'"}
"""What people wrote, and the notes of staff."""

COLLEAGUE = """
    (current_setting('gapline.viewer', true) IN ('partner_member', 'partner_lead')
        AND partner = current_setting('gapline.partner', true))
    OR (current_setting('gapline.viewer', true) = 'desk'
        AND role = 'desk' AND country = current_setting('gapline.country', true))
"""


def upgrade() -> None:
    op.execute(FOLDED)
    for table, words in SEARCHED.items():
        vector = sa.Computed(f"to_tsvector('simple'::regconfig, folded({words}))", persisted=True)
        op.add_column(table, sa.Column("searched", postgresql.TSVECTOR(), vector))
        op.create_index(f"ix_{table}_searched", table, ["searched"], unique=False, postgresql_using="gin")
    op.add_column("report", sa.Column("assigned_to", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("fk_report_assigned_to"), "report", "account", ["assigned_to"], ["id"])
    op.create_index("ix_report_assigned", "report", ["assigned_to", "created_at", "id"], unique=False)
    op.execute(f"CREATE POLICY colleague ON account FOR SELECT USING ({COLLEAGUE})")


def downgrade() -> None:
    op.execute("DROP POLICY colleague ON account")
    op.drop_column("report", "assigned_to")
    for table in SEARCHED:
        op.drop_column(table, "searched")
    op.execute("DROP FUNCTION folded")
