"""Making tokens, and finding out whom a token that was presented stands for."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import case, or_, select, update
from sqlalchemy.orm import Session

from app.access.people import served_by
from app.api.models import ApiToken
from app.database import transaction
from app.directory.current import current_directory
from app.inbox.acts import Refused
from app.reports.timeline import by
from app.viewer import SIGN_IN, Viewer, acting_as, current_viewer
from sms.text import clean

SCOPES = ("reports:read", "words:read", "reports:write", "gaps:read", "cases:read", "figures:read")
"""What a token may be for. `words:read` adds to reports what people wrote."""

PREFIX = "gapline_"
"""By which scanners for leaked secrets know one."""

TOKEN_BYTES = 32
LONGEST_NAME = 60
DAYS = (30, 90, 365)
MOST_TOKENS = 20
MINUTE = timedelta(minutes=1)
PER_MINUTE = 120


@dataclass(frozen=True)
class Program:
    """Who presents a token: as which viewer it acts, what it is for, and how many requests it made this minute."""

    viewer: Viewer
    scopes: frozenset[str]
    counted: int
    free_again: datetime


class NoSuchToken(LookupError):
    """There is no such token of this partner's."""


def make(session: Session, name: str, scopes: Collection[str], days: int) -> str:
    """A new token of the viewer's partner; what is returned is shown once. Raises Refused."""
    name = " ".join(clean(name).split())
    chosen = [scope for scope in SCOPES if scope in scopes]
    if not name or len(name) > LONGEST_NAME:
        raise Refused("name", _("Give the token a name of at most %(n)d characters.", n=LONGEST_NAME))
    if not chosen:
        raise Refused("scopes", _("Choose what the token is for."))
    if days not in DAYS:
        raise Refused("days", _("Choose how long it is good."))
    if sum(is_live(one) for one in listed(session)) >= MOST_TOKENS:
        raise Refused("name", _("There are %(n)d tokens. Revoke one first.", n=MOST_TOKENS))
    token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    viewer, now = current_viewer(), datetime.now(UTC)
    row = ApiToken(
        token_hash=_hash(token),
        partner=viewer.partner or "",
        name=name,
        scopes=chosen,
        by=by(viewer),
        expires_at=now + timedelta(days=days),
    )
    session.add(row)
    return token


def revoke(session: Session, number: int) -> None:
    """Raises NoSuchToken."""
    found = session.get(ApiToken, number)
    if found is None:
        raise NoSuchToken(number)
    found.revoked_at = found.revoked_at or datetime.now(UTC)


def listed(session: Session) -> Sequence[ApiToken]:
    """Those of the viewer's partner, newest first."""
    return session.scalars(select(ApiToken).order_by(ApiToken.id.desc())).all()


def is_live(token: ApiToken) -> bool:
    return token.revoked_at is None and token.expires_at > datetime.now(UTC)


def program_of(token: str) -> Program | None:
    """Who presents this token, which is counted as used; None if it is no good."""
    now = datetime.now(UTC)
    is_over = or_(ApiToken.counted_from.is_(None), ApiToken.counted_from <= now - MINUTE)
    used = (
        update(ApiToken)
        .where(ApiToken.token_hash == _hash(token), ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
        .values(
            used_at=now,
            counted=case((is_over, 1), else_=ApiToken.counted + 1),
            counted_from=case((is_over, now), else_=ApiToken.counted_from),
        )
    )
    with acting_as(SIGN_IN), transaction() as session:
        found = session.scalars(used.returning(ApiToken)).one_or_none()
        return _program(found, now) if found else None


def _program(found: ApiToken, now: datetime) -> Program:
    """It sees and does what a member of its partner does, at all entry points that the partner serves today."""
    viewer = Viewer(
        "partner_member",
        name=found.name,
        partner=found.partner,
        entry_points=served_by(found.partner, current_directory(), now.date()),
    )
    return Program(viewer, frozenset(found.scopes), found.counted, (found.counted_from or now) + MINUTE)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
