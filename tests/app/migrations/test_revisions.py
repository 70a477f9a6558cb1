"""The revisions stand in one line, numbered, and the head is written down so that two branches collide in git."""

from __future__ import annotations

from alembic.config import Config
from alembic.script import ScriptDirectory

from app.migrate import MIGRATIONS


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def revisions() -> list[str]:
    """From the oldest to the newest."""
    return [found.revision for found in script().walk_revisions()][::-1]


def test_there_is_one_head_and_it_is_written_down():
    assert script().get_heads() == [(MIGRATIONS / "HEAD").read_text().strip()]


def test_the_revisions_are_numbered_without_gaps():
    assert revisions() == [f"{number:04}" for number in range(1, len(revisions()) + 1)]


def test_each_file_begins_with_the_number_of_its_revision():
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    assert [name[:5] for name in names] == [f"{revision}_" for revision in revisions()]


def test_each_revision_says_what_it_is_about():
    assert all((found.doc or "").strip() for found in script().walk_revisions())
