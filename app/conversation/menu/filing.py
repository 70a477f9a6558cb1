"""From an answered menu to a report, by the one way in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.menu.matter import find_problem
from app.conversation.menu.state import Draft, State, World
from app.conversation.on_behalf import mark_of
from app.directory.channels import Channel
from app.directory.current import sms_channel_of
from app.intake.filing import file_report
from app.intake.incoming import Incoming, Matter, Received, Sender
from app.intake.receive import receive
from app.reports.models import IncomingMessage, Report


@dataclass(frozen=True)
class Told:
    """A report as told in one session, which began at `started_at`; `number` is the teller's as it was given."""

    channel: Channel
    session_id: str
    started_at: datetime
    number: str = field(repr=False)
    state: State

    @property
    def message_ids(self) -> tuple[str, str]:
        """The words are stored under the session's id; under the second, where an earlier session had the same."""
        return self.session_id, f"{self.session_id}/{self.started_at:%Y%m%dT%H%M%S.%f}"


def file_told(session: Session, world: World, told: Told, flags: tuple[str, ...] = ()) -> str:
    """File it, once for each session, and return its reference. The acknowledgment goes by text message."""
    received = _store(session, told, told.message_ids[0])
    if received is None:
        if filed := _filed_before(session, told):
            return filed
        received = _store(session, told, told.message_ids[1])
    if received is None:
        raise LookupError("the words of this session are stored, but no report")
    matter = _matter(world, told, received, flags)
    return file_report(session, answered_by_text(received.sender), matter).reference


def _store(session: Session, told: Told, message_id: str) -> Received | None:
    words = _words(told.state.draft)
    return receive(session, Incoming(told.channel, message_id, told.number, words, kind="ussd"))


def _words(draft: Draft) -> str:
    """What the person typed themselves, and nothing of what was chosen."""
    return "\n".join(filter(None, (draft.words, draft.place)))


def answered_by_text(sender: Sender) -> Sender:
    """The same person, answered on the country's number for text messages: we cannot open a session."""
    channel = sms_channel_of(sender.channel.country)
    if channel is None:
        return Sender(sender.channel, sender.contact, answerable=False)
    return Sender(channel, sender.contact, sender.answerable)


def _matter(world: World, told: Told, received: Received, flags: tuple[str, ...]) -> Matter:
    state = told.state
    problem = find_problem(world, state.draft)
    return Matter(
        country=world.country.code,
        sector=state.draft.sector,
        language=state.language or world.country.languages[0],
        channel="ussd",
        said_in=(received.message_id,),
        problem_type=problem.slug if problem else None,
        gap_kind=problem.gap_kind if problem else None,
        area=state.draft.area,
        flags=(*flags, *mark_of(world.country.code, _words(state.draft))),
        first_heard=told.started_at,
    )


def _filed_before(session: Session, told: Told) -> str | None:
    """The reference of the report that this very session has led to."""
    found = (
        select(Report.reference)
        .join(Report.messages)
        .where(
            IncomingMessage.channel == told.channel.slug,
            IncomingMessage.provider_message_id.in_(told.message_ids),
            Report.created_at >= told.started_at,
        )
    )
    return session.scalars(found).one_or_none()
