"""How far a bulk act has come, for its page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.inbox.bulk.models import BulkAct, BulkItem
from app.inbox.bulk.running import WAIT
from app.inbox.bulk.undoing import UNDO_WITHIN, may_be_undone
from app.inbox.steps import Steps, from_json

MOST_LISTED = 200

WHY: dict[str, LazyString] = {
    "gone": _("it is not yours to see any more"),
    "stale": _("somebody changed it after you chose it"),
    "illegal": _("it cannot go to that status from where it stands"),
    "tags": _("it would have too many tags"),
    "ended": _("only an open report can be snoozed"),
    "sealed": _("it is sensitive: such reports are dealt with one by one"),
    "colleague": _("the colleague has left"),
    "confined": _("the colleague may not open it"),
    "status": _("its status has changed since"),
    "assigned_to": _("somebody else works on it since"),
    "priority": _("its priority has changed since"),
    "snoozed_until": _("its snooze has changed since"),
    "reply": _("the reply had been sent"),
}
"""Why something was not done, or not undone."""


@dataclass(frozen=True)
class Unlike:
    """A report with which it did not go as asked: for each reason some words."""

    reference: str
    whys: tuple[str, ...]
    is_gone: bool


@dataclass(frozen=True)
class Progress:
    """`numbers` counts its reports by state; `unlike` are the first of those that were left or kept."""

    bulk: BulkAct
    steps: Steps
    numbers: Mapping[str, int]
    unlike: tuple[Unlike, ...]
    now: datetime

    @property
    def is_moving(self) -> bool:
        return self.bulk.state in ("running", "undoing")

    @property
    def gone_through(self) -> int:
        """Of the reports with which it is now concerned, how many are behind it."""
        behind = ("undone", "kept") if self.bulk.state == "undoing" else ("done", "left")
        return sum(self.numbers.get(state, 0) for state in behind)

    @property
    def to_go_through(self) -> int:
        return self.gone_through + self.numbers.get("done" if self.bulk.state == "undoing" else "waiting", 0)

    @property
    def may_be_undone(self) -> bool:
        return may_be_undone(self.bulk, self.now)

    @property
    def undo_until(self) -> datetime | None:
        return self.bulk.finished_at + UNDO_WITHIN if self.bulk.finished_at else None

    @property
    def tells(self) -> bool:
        """Whether it leads to messages to people at all."""
        return bool(self.steps.status or self.steps.replies_something)

    @property
    def held_back(self) -> bool:
        """Whether people's messages still wait."""
        finished = self.bulk.finished_at
        return (
            self.tells and self.bulk.state in ("running", "done") and (not finished or self.now < finished + WAIT)
        )


def progress_of(session: Session, bulk_id: uuid.UUID) -> Progress | None:
    """None where there is no such act, or it is somebody else's."""
    bulk = session.get(BulkAct, bulk_id)
    if bulk is None:
        return None
    counted = select(BulkItem.state, func.count()).where(BulkItem.bulk_id == bulk_id).group_by(BulkItem.state)
    rest = select(BulkItem).where(BulkItem.bulk_id == bulk_id, BulkItem.state.in_(("left", "kept")))
    unlike = session.scalars(rest.order_by(BulkItem.place).limit(MOST_LISTED)).all()
    return Progress(
        bulk=bulk,
        steps=from_json(bulk.steps),
        numbers=dict(session.execute(counted).all()),
        unlike=tuple(map(_unlike, unlike)),
        now=datetime.now(UTC),
    )


def _unlike(item: BulkItem) -> Unlike:
    codes: Sequence[str] = item.why.split(",")
    return Unlike(item.reference, tuple(str(WHY[code]) for code in codes if code in WHY), "gone" in codes)
