"""One step of a dialled session: what came, where it leads, what is kept, what is answered. In one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversation.calling import ask_for_call, note_time, nothing_known
from app.conversation.menu import engine
from app.conversation.menu.filing import Told, answered_by_text, file_told
from app.conversation.menu.sessions import Kept, Place, Step, find, save, started_twice, state_of
from app.conversation.menu.state import Act, State, World
from app.conversation.menu.steps import CONFIRM
from app.conversation.models import MenuSession
from app.directory.channels import Channel
from app.directory.current import current_directory
from app.intake.incoming import Sender
from app.intake.receive import identify
from app.reports.merged import standing
from app.reports.models import Contact, Report
from sms.ussd.message import Screen, UssdRequest
from sms.ussd.sessions import Heard, listen

MOST_REPORTS = 10
"""Reports listed to the person who made them: the newest."""


def dial(session: Session, channel: Channel, request: UssdRequest) -> Screen:
    """Take in one request and return the screen that answers it. Runs inside the caller's transaction.

    The same request again gets the same screen, and changes nothing. One person's requests take turns, because
    identifying them locks their contact.
    """
    sender = identify(session, channel, request.number)
    place = Place(channel, request.session_id, sender.contact.id if sender.contact else None)
    kept = find(session, place)
    heard = listen(request, kept.last)
    if heard.kind == "repeat" and kept.screen:
        return kept.screen
    return _take(session, Turn(sender, place, kept, request, heard))


@dataclass(frozen=True)
class Turn:
    """One request that says something new, with all that is needed to deal with it."""

    sender: Sender
    place: Place
    kept: Kept
    request: UssdRequest
    heard: Heard

    @property
    def row(self) -> MenuSession | None:
        """What goes on here; None at a start."""
        return self.kept.row if self.heard.kind == "answer" else None

    @cached_property
    def started_at(self) -> datetime:
        return self.row.started_at if self.row else datetime.now(UTC)

    @property
    def language(self) -> str | None:
        return self.sender.contact.language if self.sender.contact else None


def _take(session: Session, turn: Turn) -> Screen:
    world = _world(session, turn)
    state, acts = _walk(world, _first_state(world, turn), turn.heard)
    if Act.REMEMBER_LANGUAGE in acts and turn.sender.contact:
        turn.sender.contact.language = state.language
    screen = _screen(session, turn, world, state, acts)
    step = Step(turn.place, turn.started_at, turn.request, state, screen)
    save(session, step, Act.SETTLE_UNFINISHED in acts or started_twice(step, turn.kept.left))
    return screen


def _screen(session: Session, turn: Turn, world: World, state: State, acts: Sequence[Act]) -> Screen:
    """What answers this request, once what was asked for is done. Nobody can call a number that is not known."""
    if Act.FILE in acts:
        return _filed(session, turn, world, state)
    if {Act.CALL_BACK, Act.CALL_AT} & set(acts) and turn.sender.contact:
        return _called(session, turn, world, state)
    return engine.show(world, state)


def _called(session: Session, turn: Turn, world: World, state: State) -> Screen:
    """The wish counts at once; who goes on to say when has the last screen, with the reference."""
    language = world.language(state)
    wanted = nothing_known(world.country.code, language, "ussd")
    report = ask_for_call(session, answered_by_text(turn.sender), wanted)
    if state.draft.when is None:
        return engine.show(world, state)
    note_time(session, report, state.draft.when, language)
    return engine.show_called(world, state, report.reference)


def _filed(session: Session, turn: Turn, world: World, state: State) -> Screen:
    """File the report; the last screen, with its reference."""
    told = Told(turn.place.channel, turn.place.session_id, turn.started_at, turn.request.number, state)
    return engine.show_recorded(world, state, file_told(session, world, told))


def _world(session: Session, turn: Turn) -> World:
    directory, left = current_directory(), turn.kept.left
    return World(
        directory,
        directory.country(turn.place.channel.country),
        state_of(left) if left else None,
        lambda: _reports(session, turn.sender.contact),
    )


def _first_state(world: World, turn: Turn) -> State:
    if turn.row:
        return state_of(turn.row)
    return engine.begin(world, turn.language, dialled_along=bool(turn.heard.answers))


def _walk(world: World, state: State, heard: Heard) -> tuple[State, Sequence[Act]]:
    """Give the answers one after the other. What is dialled along stops before sending."""
    acts = []
    for text in heard.answers:
        if heard.kind == "start" and state.step == CONFIRM:
            break
        move = engine.answer(world, replace(state, was_misread=False), text)
        state = move.state
        acts += [move.act] if move.act else []
    return state, acts


def _reports(session: Session, contact: Contact | None) -> Sequence[tuple[str, str]]:
    if contact is None:
        return ()
    mine = select(Report).where(Report.contact_id == contact.id)
    newest = mine.order_by(Report.created_at.desc()).limit(MOST_REPORTS)
    return [(report.reference, standing(session, report)) for report in session.scalars(newest)]
