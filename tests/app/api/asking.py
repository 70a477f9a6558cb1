"""Programs that ask with a token."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.api import tokens
from app.api.models import ApiToken
from app.database import transaction
from app.viewer import MIGRATION, Viewer, acting_as


def a_token(partner: str = "cedc", *scopes: str, **changes: Any) -> str:
    """A token of this partner, for everything unless scopes are given; `changes` are set on it afterwards."""
    lead = Viewer("partner_lead", name="lead", partner=partner)
    with acting_as(lead), transaction() as session:
        token = tokens.make(session, "their system", scopes or tokens.SCOPES, 30)
    if changes:
        change(**changes)
    return token


def change(**values: Any) -> None:
    with acting_as(MIGRATION), transaction() as session:
        session.execute(update(ApiToken).values(**values))


def ago(**passed: int) -> datetime:
    return datetime.now(UTC) - timedelta(**passed)


class Program:
    """One program with one token."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.app = app
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str) -> TestResponse:
        return self._ask("GET", path)

    def post(self, path: str, key: str | None = "", **said: Any) -> TestResponse:
        """`key` None sends none, empty a new one."""
        headers = {} if key is None else {"Idempotency-Key": key or str(uuid.uuid4())}
        return self._ask("POST", path, headers, json=said)

    def _ask(self, method: str, path: str, headers: dict[str, str] | None = None, **rest: Any) -> TestResponse:
        with self.app.app_context():
            client = self.app.test_client()
            return client.open(f"/api/v1{path}", method=method, headers={**self.headers, **(headers or {})}, **rest)
