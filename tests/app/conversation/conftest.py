from __future__ import annotations

from tests.app.outbox.conftest import carrier

__all__ = ["carrier"]
