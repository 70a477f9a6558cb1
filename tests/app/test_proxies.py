"""Whose word is taken for where a request comes from: that of our own proxies, and nobody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import request

from app.factory import create_app
from app.settings import Settings

SAID = "198.51.100.7, 203.0.113.9"
"""The visitor's own word first, then what the proxy saw (addresses of RFC 5737)."""


@pytest.mark.parametrize(
    ("proxies", "believed"),
    [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")],
)
def test_an_address_is_believed_of_as_many_proxies_as_are_ours(
    settings: Settings, proxies: int, believed: str
) -> None:
    app, seen = create_app(replace(settings, trusted_proxies=proxies)), []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": SAID})
    assert seen == [believed]
