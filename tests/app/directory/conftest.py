"""The directory as it was before a test that edits it: other tests of the same database rely on the shipped one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.builders.directory import restore_directory
from tests.conftest import Database


@pytest.fixture
def edited(app: Flask, database: Database) -> Iterator[Flask]:
    """The application, whose directory is put back to the shipped files when the test is over."""
    yield app
    database.empty()
    restore_directory()
