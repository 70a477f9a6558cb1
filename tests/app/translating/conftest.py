"""What is corrected in a test is said no more after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.language import correct
from tests.languages.catalogues import spoken_as_they_stand


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with spoken_as_they_stand(tmp_path_factory.mktemp("translations")):
        yield


@pytest.fixture
def speaking(app: Flask, catalogues: None) -> Iterator[Flask]:
    yield app
    correct(app, {})
