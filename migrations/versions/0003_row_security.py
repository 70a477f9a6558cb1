"""The last wall: PostgreSQL itself shows a viewer only what is theirs, whatever statement asks.

The viewer is told in settings at the start of each transaction. The owner is bound too (FORCE), so that only
migrations, which say that they are migrations, see everything.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

SEES_EVERY_REPORT = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'command', 'migration')"
HANDLES_CONTACTS = "current_setting('gapline.viewer', true) IN ('intake', 'worker', 'migration')"
SIGNS_IN = "current_setting('gapline.viewer', true) IN ('sign_in', 'migration')"
COUNTS_FAILURES = "current_setting('gapline.viewer', true) IN ('sign_in', 'worker', 'migration')"
MANAGES_ACCOUNTS = "current_setting('gapline.viewer', true) IN ('sign_in', 'command', 'administrator', 'migration')"

ONESELF = """
    current_setting('gapline.viewer', true) IN ('partner_member', 'partner_lead', 'desk', 'reviewer')
    AND id::text = current_setting('gapline.account', true)
"""

OWN_REPORT = f"""
    {SEES_EVERY_REPORT}
    OR (current_setting('gapline.viewer', true) IN ('partner_member', 'partner_lead')
        AND entry_point = ANY (string_to_array(current_setting('gapline.entry_points', true), ',')))
    OR (current_setting('gapline.viewer', true) = 'desk'
        AND country = current_setting('gapline.country', true)
        AND (entry_point IS NULL OR cardinality(flags) > 0))
"""

REPORT_IS_SEEN = """
    EXISTS (SELECT 1 FROM report WHERE report.id = report_id)
"""

POLICIES = {
    "report": OWN_REPORT,
    "incoming_message": f"{SEES_EVERY_REPORT} OR {REPORT_IS_SEEN}",
    "report_event": f"{SEES_EVERY_REPORT} OR {REPORT_IS_SEEN}",
    "report_answer": f"{SEES_EVERY_REPORT} OR {REPORT_IS_SEEN}",
    "outgoing_message": f"{SEES_EVERY_REPORT} OR {REPORT_IS_SEEN}",
    "contact": HANDLES_CONTACTS,
    "open_question": HANDLES_CONTACTS,
    "early_receipt": HANDLES_CONTACTS,
    "sign_in_session": SIGNS_IN,
    "failed_sign_in": COUNTS_FAILURES,
    "account": MANAGES_ACCOUNTS,
}


def upgrade() -> None:
    for table, policy in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({policy}) WITH CHECK ({policy})")
    op.execute(f"CREATE POLICY oneself ON account FOR SELECT USING ({ONESELF})")


def downgrade() -> None:
    op.execute("DROP POLICY oneself ON account")
    for table in POLICIES:
        op.execute(f"DROP POLICY viewer ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
