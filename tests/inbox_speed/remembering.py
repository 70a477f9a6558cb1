"""What people have left at those reports: what they opened, read and follow, and what they are told of."""

from __future__ import annotations

from typing import Any

import psycopg

STATEMENTS = (
    "INSERT INTO inbox_habit (account_id, read_until) SELECT id, now() - interval '2 days' FROM account",
    """
    INSERT INTO report_look (account_id, report_id, at)
    SELECT account.id, report.id, report.said_at + interval '1 hour' FROM account, report
    WHERE report.created_at > now() - interval '5 days' AND hashtext(report.reference) % 50 <> 0
    """,
    """
    INSERT INTO report_follow (account_id, report_id, follows)
    SELECT assigned_to, id, true FROM report
    WHERE assigned_to IS NOT NULL AND created_at > now() - interval '30 days'
    """,
    """
    INSERT INTO notice (account_id, report_id, event_id, kind, at, read_at)
    SELECT account.id, event.report_id, event.id, (ARRAY['said', 'changed', 'mention'])[1 + event.id % 3], event.at,
        CASE WHEN event.id % 10 > 0 THEN event.at + interval '1 day' END
    FROM report_event event JOIN report ON report.id = event.report_id
    JOIN account ON account.id = report.assigned_to OR (account.role = 'desk' AND report.entry_point IS NULL)
    WHERE event.kind = 'note'
    """,
)
"""Nearly all of what was said since `read_until` has been opened, and one notice of ten is unread."""


def remember(connection: psycopg.Connection[Any]) -> None:
    """After the reports are there; call it as somebody whom no policy binds."""
    for statement in STATEMENTS:
        connection.execute(statement)
