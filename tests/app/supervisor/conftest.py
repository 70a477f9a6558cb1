from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import embedded
from app.embedded import EmbeddedServer
from tests.run.external import ExternalServer, external_server


def short_folder() -> Path:
    """Shorter than pytest's own: the path of a socket in it holds 107 bytes at most."""
    return Path(tempfile.mkdtemp(prefix="gl")).resolve()


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """A server for tests that only ask it something."""
    folder = short_folder()
    server = embedded.start(folder)
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
def instance() -> Iterator[Path]:
    """An empty instance folder."""
    folder = short_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def used_instance() -> Iterator[Path]:
    """An instance folder with a database that does not run. One for many tests: creating it takes a while."""
    folder = short_folder()
    embedded.start(folder).stop()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def start(used_instance: Path) -> Iterator[Callable[[], EmbeddedServer]]:
    """Start the server of `used_instance`, as often as a test likes; whatever happened to it, all is closed."""
    started: list[EmbeddedServer] = []

    def start() -> EmbeddedServer:
        started.append(embedded.start(used_instance))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def external() -> Iterator[ExternalServer]:
    with external_server() as server:
        yield server
