"""Programs that ask with a token, for the same world."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select, update

from app.api.models import ApiToken
from app.api.tokens import SCOPES
from app.database import transaction
from app.viewer import MIGRATION, acting_as
from tests.app.access.matrix.asking import path_of, said
from tests.app.access.matrix.table import Line
from tests.app.access.matrix.world import World
from tests.app.api.asking import Program, a_token

TOKENS = {
    "none": None,
    "ours": ("ska", SCOPES),
    "ally": ("cbga", SCOPES),
    "other": ("sathi", SCOPES),
    "blind": ("ska", ("words:read",)),
    "dead": ("ska", SCOPES),
}
"""Partner and scopes of each column; `dead` was revoked."""

SAID = {
    "api.add_note": {"text": "seen in our system"},
    "api.change_status": {"from": "new", "to": "acknowledged", "reason": ""},
}


def programs(app: Flask) -> dict[str, Program]:
    """One of each column."""
    tokens = {name: a_token(of[0], *of[1]) if of else None for name, of in TOKENS.items()}
    with acting_as(MIGRATION), transaction() as session:
        newest = session.scalar(select(ApiToken.id).order_by(ApiToken.id.desc()).limit(1))
        session.execute(update(ApiToken).where(ApiToken.id == newest).values(revoked_at=datetime.now(UTC)))
    return {name: Program(app, token) for name, token in tokens.items()}


def said_to(world: World, program: Program, line: Line) -> str:
    """What this program meets there."""
    path = path_of(world, line).removeprefix("/api/v1")
    answer = program.get(path) if line.method == "GET" else program.post(path, **SAID[line.endpoint])
    return said(answer)
