"""What stands around the list: the viewer's colleagues and the tags they use. One statement for all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.models import Account
from app.inbox.sharing_out import Colleague, in_order
from app.inbox.tags import most_used, of_reports_with_tags


@dataclass(frozen=True)
class Surroundings:
    colleagues: tuple[Colleague, ...]
    tags: tuple[str, ...]


def read_surroundings(session: Session) -> Surroundings:
    people, tags = session.execute(select(_people(), _tags())).one()
    return Surroundings(in_order((number, name) for number, name in people or ()), most_used(tags or ()))


def _people() -> Any:
    pair = func.jsonb_build_array(Account.id, Account.name)
    return select(func.jsonb_agg(pair)).where(Account.disabled_at.is_(None)).scalar_subquery()


def _tags() -> Any:
    newest = of_reports_with_tags().subquery()
    return select(func.jsonb_agg(newest.c.tags)).select_from(newest).scalar_subquery()
