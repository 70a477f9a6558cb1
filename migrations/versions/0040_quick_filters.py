"""Every filter of the inbox is quick with a million reports: it has its index, and policies let plans be good.

That a report has photos is written in its row, by a trigger, so that nobody who stores, links or deletes a photo
needs to think of it. Tags and flags stand together once more in `marked`, for `@@`, with which row security lets an
index be used (docs/decisions/0012).
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0039"

OPEN = "status IN ('new', 'acknowledged', 'in_follow_up', 'needs_information', 'reopened')"
AT_DESK = "entry_point IS NULL OR cardinality(flags) > 0"
PLACE = ["created_at", "id"]
FILTERS = ["status", "problem_type", "area", "channel", "language", "priority", "assigned_to", "has_photo"]
WIDER = {
    "ix_report_inbox": ("entry_point", None),
    "ix_report_open": ("entry_point", OPEN),
    "ix_report_desk": ("country", AT_DESK),
}
"""In their order the filters are looked at in the index, and only what passes is fetched."""

FEW = {
    "ix_report_photo": "has_photo",
    "ix_report_sealed": "sealed IS TRUE",
    "ix_report_flagged": "cardinality(flags) > 0",
}
SAID = ["entry_point", "said_at", "id"]
"""What is unread is looked for among ended reports too."""

SHARED = ["entry_point", "channel", "language", "status", "priority", "area", "problem_type"]
"""A million reports share some thousands of such combinations: a small index, for what is rare in any of them."""

MARKED = (
    "CASE WHEN tags::text[] <> '{}'::text[] OR flags::text[] <> '{}'::text[]"
    " THEN array_to_tsvector(tags::text[] || flags::text[]) ELSE NULL::tsvector END"
)

NOTE_PHOTOS = """
CREATE FUNCTION note_photos(message uuid) RETURNS void LANGUAGE sql AS $$
    UPDATE report SET has_photo = NOT has_photo
    WHERE id = (SELECT report_id FROM incoming_message WHERE incoming_message.id = message)
    AND has_photo <> EXISTS (
        SELECT 1 FROM incoming_message said JOIN photo ON photo.message_id = said.id
        WHERE said.report_id = report.id)
$$;
CREATE FUNCTION note_photos_of_photo() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM note_photos(coalesce(NEW.message_id, OLD.message_id)); RETURN NULL; END
$$;
CREATE FUNCTION note_photos_of_message() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM note_photos(NEW.id); RETURN NULL; END
$$;
CREATE TRIGGER note_photos AFTER INSERT OR DELETE ON photo FOR EACH ROW EXECUTE FUNCTION note_photos_of_photo();
CREATE TRIGGER note_photos AFTER UPDATE OF report_id ON incoming_message FOR EACH ROW
    WHEN (NEW.media > 0 AND NEW.report_id IS DISTINCT FROM OLD.report_id) EXECUTE FUNCTION note_photos_of_message()
"""
LOOK_BACK = """
UPDATE report SET has_photo = true
WHERE id IN (SELECT said.report_id FROM photo JOIN incoming_message said ON said.id = photo.message_id)
"""

POLICIES = sa.text(
    "SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE schemaname = 'public'"
    " AND concat(qual, with_check) ~ 'current_setting\\(''gapline\\.viewer'"
)
SETTING = r"current_setting\('gapline\.{}'::text, true\)"
VIEWER = SETTING.format("viewer")
COMPARED = re.compile(
    rf"(?<!SELECT \()(?:\( SELECT {VIEWER} AS current_setting\)|{VIEWER}) = (ANY \(ARRAY\[[^\]]*\]\)|'\w+'::text)"
)
ASKED_OFTEN = re.compile(
    rf"(?<!SELECT )(?<!SELECT \()(?<!string_to_array\(){SETTING.format('(?:account|partner)')}"
)


def upgrade() -> None:
    op.add_column("report", sa.Column("has_photo", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("report", sa.Column("marked", postgresql.TSVECTOR(), sa.Computed(MARKED, persisted=True)))
    op.execute(LOOK_BACK)
    op.execute(NOTE_PHOTOS)
    _index()
    for table, policy, *conditions in op.get_bind().execute(POLICIES).all():
        clauses = zip(("USING", "WITH CHECK"), conditions, strict=True)
        asked = " ".join(f"{word} ({_deciding_once(told)})" for word, told in clauses if told)
        op.execute(f"ALTER POLICY {policy} ON {table} {asked}")


def downgrade() -> None:
    """The policies stay as they are: they mean the same."""
    op.execute("DROP TRIGGER note_photos ON incoming_message; DROP TRIGGER note_photos ON photo")
    op.execute("DROP FUNCTION note_photos_of_message, note_photos_of_photo, note_photos")
    for name in ("ix_report_shared", "ix_report_marked", *FEW):
        op.drop_index(name, table_name="report")
    op.create_index("ix_report_status", "report", ["entry_point", "status", *PLACE])
    op.drop_index("ix_report_said", table_name="report")
    op.create_index("ix_report_said", "report", SAID, postgresql_where=OPEN)
    for name, (first, where) in WIDER.items():
        op.drop_index(name, table_name="report")
        op.create_index(name, "report", [first, *PLACE], postgresql_where=where)
    op.drop_column("report", "marked")
    op.drop_column("report", "has_photo")


def _index() -> None:
    op.drop_index("ix_report_status", table_name="report")
    op.drop_index("ix_report_said", table_name="report")
    op.create_index("ix_report_said", "report", SAID)
    for name, (first, where) in WIDER.items():
        op.drop_index(name, table_name="report")
        op.create_index(name, "report", [first, *PLACE, *FILTERS], postgresql_where=where)
    for name, where in FEW.items():
        op.create_index(name, "report", ["entry_point", *PLACE], postgresql_where=where)
    op.create_index("ix_report_shared", "report", SHARED)
    op.create_index(
        "ix_report_marked", "report", ["marked"], postgresql_using="gin", postgresql_where="marked IS NOT NULL"
    )


def _deciding_once(condition: str) -> str:
    """Who the viewer is, is decided once for a statement, as one yes or no: PostgreSQL takes that for true of half
    the rows. A comparison with a setting it takes for true of one row in two hundred, and so it went through all
    the reports there are rather than along an index until a page is full."""
    decided = COMPARED.sub(r"(SELECT current_setting('gapline.viewer'::text, true) = \1)", condition)
    return ASKED_OFTEN.sub(lambda found: f"(SELECT {found[0]})", decided)
