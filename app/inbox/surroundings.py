"""What stands around the list: colleagues, the reports that they have open, tags, views. One statement for all."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.models import Account
from app.inbox.beside.presence import Other, by_report, others_anywhere
from app.inbox.colleagues import Colleague, in_order
from app.inbox.following.for_me import unread_by_kind, unread_counts
from app.inbox.models import InboxHabit, SavedView
from app.inbox.tags import most_used, tags_in_use
from app.inbox.views import View
from app.inbox.views import in_order as in_their_order
from app.viewer import current_viewer


@dataclass(frozen=True)
class Surroundings:
    """`told`: how much of what the viewer was told of is unread, by kind. `read_until`: InboxHabit explains it."""

    colleagues: tuple[Colleague, ...]
    tags: tuple[str, ...]
    views: tuple[View, ...]
    others: Mapping[uuid.UUID, tuple[Other, ...]]
    told: Mapping[str, int]
    read_until: datetime | None


def read_surroundings(session: Session) -> Surroundings:
    wanted = select(_people(), tags_in_use(), _views(), _habit(), others_anywhere(), unread_counts())
    people, tags, views, habit, others, told = session.execute(wanted).one()
    order, opens_with, read_until = habit or ((), None, None)
    return Surroundings(
        colleagues=in_order((number, name) for number, name in people or ()),
        tags=most_used(tags or ()),
        views=_read_views(views or (), order, opens_with),
        others=by_report(others),
        told=unread_by_kind(told),
        read_until=datetime.fromisoformat(read_until) if read_until else None,
    )


def _people() -> Any:
    pair = func.jsonb_build_array(Account.id, Account.name)
    return select(func.jsonb_agg(pair)).where(Account.disabled_at.is_(None)).scalar_subquery()


def _views() -> Any:
    columns = (SavedView.id, SavedView.name, SavedView.query, SavedView.place, SavedView.account_id)
    return select(func.jsonb_agg(func.jsonb_build_array(*columns))).scalar_subquery()


def _habit() -> Any:
    mine = select(func.jsonb_build_array(InboxHabit.views, InboxHabit.opens_with, InboxHabit.read_until))
    return mine.where(InboxHabit.account_id == current_viewer().account_id).scalar_subquery()


def _read_views(rows: Iterable[Any], order: list[int], opens_with: int | None) -> tuple[View, ...]:
    viewer = current_viewer()
    views = [
        View(
            id=number,
            name=name,
            query=query,
            is_shared=place is not None,
            changeable=author == viewer.account_id or viewer.kind in ("partner_lead", "desk"),
            opens=number == opens_with,
        )
        for number, name, query, place, author in rows
    ]
    return tuple(in_their_order(views, order))
