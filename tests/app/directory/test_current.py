"""A change is live in every process within five seconds, and a copy that is new is not read again."""

from __future__ import annotations

import time

from flask import Flask

from app.database import db, transaction
from app.directory.catalogue import Directory
from app.directory.current import MOST_SECONDS_OLD, current_directory
from app.directory.load import touch
from app.factory import create_app
from app.settings import Settings
from app.viewer import COMMAND, PUBLIC, acting_as
from tests.builders.directory import ADMINISTRATOR, add_word, an_edit, save_as

PROMISED_SECONDS = 5.0


def directory_of(app: Flask) -> Directory:
    """What a request to this app would work with."""
    with app.app_context(), acting_as(PUBLIC), transaction():
        return current_directory()


def knows(app: Flask, word: str) -> bool:
    entry = directory_of(app).entry_point("KE", "health")
    return word in {one.text for one in entry.words}


def test_another_process_works_with_a_change_within_five_seconds(edited: Flask, settings: Settings) -> None:
    other = create_app(settings, pool_size=1)
    try:
        assert not knows(other, "dawa zimekwisha")
        save_as(ADMINISTRATOR, an_edit(add_word("dawa zimekwisha")))
        saved = time.monotonic()
        while not knows(other, "dawa zimekwisha"):
            assert time.monotonic() - saved < PROMISED_SECONDS
            time.sleep(0.1)
    finally:
        with other.app_context():
            db.engine.dispose()


def test_a_copy_is_kept_while_nothing_changes(edited: Flask) -> None:
    first = directory_of(edited)
    time.sleep(MOST_SECONDS_OLD + 0.1)
    assert directory_of(edited) is first


def test_a_new_edition_of_which_no_row_is_another_leaves_what_is_indexed(edited: Flask) -> None:
    first = directory_of(edited)
    with acting_as(COMMAND), transaction() as session:
        touch(session)
    time.sleep(MOST_SECONDS_OLD + 0.1)
    assert directory_of(edited) is first
