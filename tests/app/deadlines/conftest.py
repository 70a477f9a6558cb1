"""Plans are kept with the directory, which outlives a test: what a test has changed of them is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.deadlines.plans import forget_plans


@pytest.fixture(autouse=True)
def no_plans(request: pytest.FixtureRequest) -> Iterator[None]:
    app: Flask | None = request.getfixturevalue("app") if "app" in request.fixturenames else None
    yield
    if app is not None:
        forget_plans()
