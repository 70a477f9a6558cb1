"""Reports that were begun in the menu and never sent: filed as far as they were told, for a person to complete."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.conversation.matters import INCOMPLETE
from app.conversation.menu.filing import Told, file_told
from app.conversation.menu.sessions import RESUMED_WITHIN, state_of
from app.conversation.menu.state import World
from app.conversation.models import MenuSession
from app.directory.current import channel_named, current_directory
from app.reports.contacts import number_of
from app.reports.models import Contact


def file_left(session: Session, most: int) -> None:
    """File what can no longer be taken up, where sector and problem (or words) were told; forget the rest.

    Somebody who is dialling at this moment is passed over: they may be taking it up.
    """
    left = select(MenuSession).where(
        MenuSession.unfinished, MenuSession.changed_at < datetime.now(UTC) - RESUMED_WITHIN
    )
    known = left.join(Contact, Contact.id == MenuSession.contact_id)
    nobody = left.where(MenuSession.contact_id.is_(None))
    for found in (known, nobody):
        _file_each(session, found.limit(most))


def _file_each(session: Session, found: Select[tuple[MenuSession]]) -> None:
    for row in session.scalars(found.with_for_update(skip_locked=True)).all():
        state = state_of(row)
        if state.draft.is_worth_filing:
            file_told(session, _world(row), _told(session, row), (INCOMPLETE,))
        row.unfinished, row.ended, row.draft, row.said = False, True, {}, ""


def _told(session: Session, row: MenuSession) -> Told:
    number = number_of(session.get_one(Contact, row.contact_id)) if row.contact_id else ""
    return Told(channel_named(row.channel), row.session_id, row.started_at, number, state_of(row))


def _world(row: MenuSession) -> World:
    directory = current_directory()
    return World(directory, directory.country(channel_named(row.channel).country))
