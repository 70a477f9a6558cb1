"""The pages edit the directory that all tests share: it is put back after each test."""

from __future__ import annotations

from tests.app.directory.conftest import edited

__all__ = ["edited"]
