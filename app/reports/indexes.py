"""The indexes of reports, and what each is for. An insert or change pays for every one that holds the row.

Row security lets an index be used for comparisons only that tell nothing of other rows: docs/decisions/0012.
"""

from __future__ import annotations

from sqlalchemy import Index

from app.reports.lifecycle import OPEN

IS_OPEN = f"status IN ({', '.join(map(repr, OPEN))})"
IS_FLAGGED = "cardinality(flags) > 0"
WITH_A_DESK = f"entry_point IS NULL OR {IS_FLAGGED}"
IS_DUE_AT_DESK = f"due_at IS NOT NULL AND ({WITH_A_DESK})"
"""What some indexes hold alone: an insert then does not pay for what they are never asked for."""

PLACE = ("created_at", "id")
FILTERS = ("status", "problem_type", "area", "channel", "language", "priority", "assigned_to", "has_photo")
"""Behind the place in the list: a filter is then looked at in the index, and only what passes is fetched."""

MARKED = (
    "CASE WHEN tags::text[] <> '{}'::text[] OR flags::text[] <> '{}'::text[]"
    " THEN array_to_tsvector(tags::text[] || flags::text[]) ELSE NULL::tsvector END"
)
"""Tags and flags, for an index that row security lets be used (docs/decisions/0012)."""


SHARED = ("entry_point", "channel", "language", "status", "priority", "area", "problem_type")
"""A million reports share some thousands of such combinations: a small index, for what is rare in any of them."""


def indexes_of_report() -> tuple[Index, ...]:
    """Those beside its keys."""
    return (*_of_lists(), *_of_orders(), *_of_marks(), *_of_work())


def _of_lists() -> tuple[Index, ...]:
    """The lists of partners, of people, of desks and of all, and what is seldom in them."""
    return (
        Index("ix_report_inbox", "entry_point", *PLACE, *FILTERS),
        Index("ix_report_open", "entry_point", *PLACE, *FILTERS, postgresql_where=IS_OPEN),
        Index("ix_report_assigned", "assigned_to", *PLACE, postgresql_where="assigned_to IS NOT NULL"),
        Index("ix_report_desk", "country", *PLACE, *FILTERS, postgresql_where=WITH_A_DESK),
        Index("ix_report_desk_open", "country", *PLACE, postgresql_where=f"({WITH_A_DESK}) AND {IS_OPEN}"),
        Index("ix_report_newest", *PLACE),
        Index("ix_report_shared", *SHARED),
    )


def _of_orders() -> tuple[Index, ...]:
    """Open reports in other orders, and what was said lately, which may be unread."""
    return (
        Index("ix_report_urgency", "entry_point", "priority", *PLACE, postgresql_where=IS_OPEN),
        Index("ix_report_untouched", "entry_point", "touched_at", "id", postgresql_where=IS_OPEN),
        Index("ix_report_said", "entry_point", "said_at", "id"),
        Index("ix_report_said_at_desk", "country", "said_at", "id", postgresql_where=WITH_A_DESK),
    )


def _of_marks() -> tuple[Index, ...]:
    """What some reports have alone: by place for what many of these have, by name for a rare tag or flag."""
    return (
        Index("ix_report_tagged", "entry_point", *PLACE, postgresql_where="tags <> '{}'"),
        Index("ix_report_flagged", "entry_point", *PLACE, postgresql_where=IS_FLAGGED),
        Index("ix_report_marked", "marked", postgresql_using="gin", postgresql_where="marked IS NOT NULL"),
        Index("ix_report_photo", "entry_point", *PLACE, postgresql_where="has_photo"),
        Index("ix_report_sealed", "entry_point", *PLACE, postgresql_where="sealed IS TRUE"),
        Index("ix_report_merged", "merged_into", postgresql_where="merged_into IS NOT NULL"),
    )


def _of_work() -> tuple[Index, ...]:
    """What comes back or is due, for its lists and for the jobs that look for it."""
    return (
        Index("ix_report_snoozed", "entry_point", "snoozed_until", postgresql_where="snoozed_until IS NOT NULL"),
        Index("ix_report_due", "entry_point", "due_at", postgresql_where="due_at IS NOT NULL"),
        Index("ix_report_due_at_desk", "country", "due_at", postgresql_where=IS_DUE_AT_DESK),
        Index("ix_report_escalate", "escalate_at", postgresql_where="escalate_at IS NOT NULL"),
    )
