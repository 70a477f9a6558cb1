from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from tests.app.outbox.conftest import carrier

__all__ = ["app_without_database", "carrier"]


@pytest.fixture(scope="module")
def app_without_database() -> Iterator[Flask]:
    """Enough of an application to say something in a language; pure code needs no more."""
    app = Flask("pure")
    Babel(app, default_domain="staff")
    with app.test_request_context():
        yield app
