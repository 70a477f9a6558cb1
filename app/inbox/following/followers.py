"""Who follows a report: who acted on it, is called in a note or works on it, but for those who said otherwise."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.inbox.acts import lock
from app.inbox.colleagues import Colleague
from app.inbox.following.models import Follow
from app.reports.models import Event, Report
from app.viewer import current_viewer


@dataclass(frozen=True)
class Followers:
    """`names` are those whom the viewer knows, `others` how many there are beside them."""

    names: tuple[str, ...]
    others: int
    is_oneself: bool


def follow(session: Session, reference: str, follows: bool) -> None:
    """From now on the viewer follows this report, or does not. Raises NoSuchReport."""
    report, me = lock(session, reference), current_viewer().account_id
    said = session.get(Follow, (report.id, me))
    if said is None:
        said = Follow(report=report, report_id=report.id, account_id=me)
        session.add(said)
    said.follows, said.at = follows, datetime.now(UTC)


def said_of(report: Report) -> Any:
    """What people said about following this report, as a part of another statement: for `followers_of`."""
    row = func.jsonb_build_array(Follow.account_id, Follow.follows)
    return select(func.jsonb_agg(row)).where(Follow.report_id == report.id).scalar_subquery()


def followers_of(report: Report, known: Sequence[Colleague], words: Iterable[tuple[int, bool]]) -> Followers:
    """Of a report whose events are loaded."""
    said = (Follow(account_id=account, follows=follows) for account, follows in words)
    numbers = following(involved(report.events), report.assigned_to, said)
    me = current_viewer().account_id
    names = tuple(one.name for one in known if int(one.key) in numbers)
    return Followers(names, len(numbers) - len(names), me in numbers)


def involved(events: Iterable[Event]) -> set[int]:
    """Who acted or was called. What was done to many reports at once makes nobody a follower of them all."""
    found: set[int] = set()
    for event in events:
        if event.account_id and not ({"bulk", "undone"} & event.detail.keys()):
            found.add(event.account_id)
        found.update(event.detail.get("mentions", {}).values())
    return found


def following(involved_people: set[int], assigned_to: int | None, said: Iterable[Follow]) -> set[int]:
    """Everybody who follows: `said` are the report's."""
    found = involved_people | ({assigned_to} if assigned_to else set())
    for one in said:
        (found.add if one.follows else found.discard)(one.account_id)
    return found


Reports = dict[uuid.UUID, set[int]]


def following_each(session: Session, reports: Sequence[Report]) -> Reports:
    """Everybody who follows each of these reports, by its id; in two statements."""
    ids = [report.id for report in reports]
    events: dict[uuid.UUID, list[Event]] = {number: [] for number in ids}
    said: dict[uuid.UUID, list[Follow]] = {number: [] for number in ids}
    for event in session.scalars(select(Event).where(Event.report_id.in_(ids))):
        events[event.report_id].append(event)
    for one in session.scalars(select(Follow).where(Follow.report_id.in_(ids))):
        said[one.report_id].append(one)
    return {
        report.id: following(involved(events[report.id]), report.assigned_to, said[report.id]) for report in reports
    }
