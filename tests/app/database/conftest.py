"""One world for all tests of a module: they undo what they write, so it is built once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.database import connect, db
from tests.app.database.world import World, build
from tests.conftest import Database


@pytest.fixture(scope="module")
def built(whole_app: Flask, database: Database) -> Iterator[World]:
    with whole_app.app_context():
        yield build(whole_app)
    database.empty()


@pytest.fixture(scope="session")
def past_the_wall(database: Database) -> Iterator[Flask]:
    """An app whose session signs in as a superuser, whom row security does not bind."""
    app = Flask("past_the_wall")
    connect(app, lambda: database.server.url("postgres"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def unwalled(built: World, past_the_wall: Flask) -> Iterator[World]:
    """The world without row security: a lock has to hold by itself here, or the wall would hide that it fails."""
    with past_the_wall.app_context():
        yield built


@pytest.fixture
def world(built: World) -> Iterator[World]:
    """The world, with an app context and so a session of this test's own."""
    with built.app.app_context():
        yield built
