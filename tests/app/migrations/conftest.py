"""Databases of their own on the test server, prepared as the product prepares one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from app.embedded import EmbeddedServer
from app.roles import OWNER, create_database, prepare

_numbers = count(1)
NewDatabase = Callable[[], str]


@pytest.fixture
def new_database(server: EmbeddedServer) -> Iterator[NewDatabase]:
    """Makes an empty database and returns its URL as the owner of the tables; dropped after the test."""
    made: list[str] = []

    def make() -> str:
        name = f"migrations_{next(_numbers)}"
        create_database(server.url("postgres", "postgres"), name)
        made.append(name)
        prepare(server.url("postgres", name), login=True)
        return server.url(OWNER, name)

    yield make
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        for name in made:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
