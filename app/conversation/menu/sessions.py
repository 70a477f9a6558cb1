"""Where people stand in the menu, kept between one answer and the next."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, and_, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session, class_mapper

from app.conversation.menu.state import Draft, State
from app.conversation.menu.steps import STEPS, TOP
from app.conversation.models import MenuSession
from app.directory.channels import Channel
from sms.ussd.message import Screen, UssdRequest
from sms.ussd.sessions import Last, path

RESUMED_WITHIN = timedelta(hours=24)
"""How long a report that was left can be taken up by dialling again; then it is filed as it is."""

DOUBLE_START = timedelta(seconds=10)
"""Some networks start a session twice, under two ids, at once. Nobody dials and answers twice so fast."""

WHICH = ("channel", "session_id")


@dataclass(frozen=True)
class Place:
    """Which session: the channel, the provider's id for it, and whose it is (None: nobody who can be met again)."""

    channel: Channel
    session_id: str
    contact_id: uuid.UUID | None


@dataclass(frozen=True)
class Kept:
    """What was kept of this session (`row`), and the newest report left in another one of the same person."""

    row: MenuSession | None
    left: MenuSession | None

    @property
    def last(self) -> Last | None:
        return Last(self.row.said, self.row.request_id, self.row.ended) if self.row else None

    @property
    def screen(self) -> Screen | None:
        return Screen(self.row.screen, self.row.ended) if self.row else None


def find(session: Session, place: Place) -> Kept:
    """What is kept, in one statement. A session id that comes with somebody else's number is not theirs."""
    since = datetime.now(UTC) - RESUMED_WITHIN
    rows = session.scalars(_finding(), {**_whose(place), "since": since}).all()
    row = next((one for one in rows if one.session_id == place.session_id), None)
    left = next((one for one in rows if one.session_id != place.session_id), None)
    return Kept(row if row and row.contact_id == place.contact_id else None, left)


@cache
def _finding() -> Select[tuple[MenuSession]]:
    """Built once, like what saves: to build it took as long as to run it, and every screen runs it."""
    own = MenuSession.session_id == bindparam("this_session")
    theirs = MenuSession.contact_id == bindparam("person")
    recent = MenuSession.changed_at > bindparam("since")
    return (
        select(MenuSession)
        .where(MenuSession.channel == bindparam("dialled"), or_(own, and_(theirs, MenuSession.unfinished, recent)))
        .order_by(own.desc(), MenuSession.changed_at.desc())
        .limit(2)
    )


def _whose(place: Place) -> dict[str, Any]:
    return {"dialled": place.channel.slug, "this_session": place.session_id, "person": place.contact_id}


def state_of(row: MenuSession) -> State:
    """The state that stands in this row; the first screen where this version has no such step."""
    if row.step not in STEPS:
        return State(TOP, row.language)
    return State(row.step, row.language, row.page, Draft(**row.draft))


@dataclass(frozen=True)
class Step:
    """What is to be kept: the state after this request, and the screen that answers it."""

    place: Place
    started_at: datetime
    request: UssdRequest
    state: State
    screen: Screen


def started_twice(step: Step, left: MenuSession | None) -> bool:
    """Whether the other session is this very dialling, which the network began twice: the same was dialled along
    within seconds."""
    if left is None or abs(step.started_at - left.started_at) > DOUBLE_START:
        return False
    return f"{path(step.request)}*".startswith(f"{left.said}*")


def save(session: Session, step: Step, settles_others: bool) -> None:
    """Keep this step, in one statement. `settles_others`: what this person left in other sessions is taken up here,
    or given up; that is seldom, and takes another."""
    session.execute(_saving(), _values(step))
    if settles_others:
        session.execute(_settling(step.place))


@cache
def _saving() -> Insert:
    row = insert(MenuSession).execution_options(dml_strategy="orm")
    columns = (one.key for one in class_mapper(MenuSession).column_attrs)  # not before all models are known
    new = {name: row.excluded[name] for name in columns if name not in WHICH}
    return row.on_conflict_do_update(index_elements=WHICH, set_=new)


def _values(step: Step) -> dict[str, Any]:
    """Once ended, only the screen is needed for a repeat: what was said is with the report, and goes from here."""
    ended, state = step.screen.ends, step.state
    draft = {} if ended else {name: value for name, value in asdict(state.draft).items() if value is not None}
    return {
        "channel": step.place.channel.slug,
        "session_id": step.place.session_id,
        "contact_id": step.place.contact_id,
        "language": state.language,
        "step": state.step,
        "page": state.page,
        "draft": draft,
        "said": "" if ended else path(step.request),
        "request_id": step.request.request_id,
        "screen": step.screen.text,
        "ended": ended,
        "unfinished": state.draft.is_begun and not ended,
        "outcome": None,
        "started_at": step.started_at,
        "changed_at": datetime.now(UTC),
    }


def _settling(place: Place) -> Update:
    return (
        update(MenuSession)
        .where(
            MenuSession.channel == place.channel.slug,
            MenuSession.contact_id == place.contact_id,
            MenuSession.session_id != place.session_id,
            MenuSession.unfinished,
        )
        .values(unfinished=False)
        .execution_options(synchronize_session=False)
    )


def note_end(session: Session, channel: Channel, session_id: str, outcome: str) -> None:
    """Write down what the provider says became of a session; one that we do not know is no matter."""
    session.execute(
        update(MenuSession)
        .where(MenuSession.channel == channel.slug, MenuSession.session_id == session_id)
        .values(outcome=outcome)
    )
