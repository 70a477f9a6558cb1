from __future__ import annotations

import pytest
from flask import Flask

from tests.builders.messages import Carrier


@pytest.fixture
def carrier(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Carrier:
    """What every channel's messages go to."""
    carrier = Carrier()
    monkeypatch.setitem(app.extensions, "providers", carrier)
    return carrier
