"""Whether this process lives, and whether it can work: for load balancers and for `make run`."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.access import gates
from app.database import db

bp = Blueprint("health", __name__)
gates.public(bp)

HEAD = Path(__file__).parent.parent / "migrations" / "HEAD"


@bp.get("/healthz")
def healthz() -> Response:
    return Response("ok\n", content_type="text/plain")


@bp.get("/readyz")
def readyz() -> Response:
    """200 when the database answers and its migrations are at head, else 503 with the reason in plain words."""
    reason = _not_ready()
    return Response(f"{reason or 'ready'}\n", status=503 if reason else 200, content_type="text/plain")


def _not_ready() -> str | None:
    try:
        found = db.session.scalars(text("SELECT version_num FROM alembic_version")).one_or_none()
    except SQLAlchemyError:
        return "the database cannot be reached or was never migrated"
    head = HEAD.read_text().strip()
    return None if found == head else f"migrations stand at {found}, this version needs {head}"
