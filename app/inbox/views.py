"""Saved views: filters and an order under a name, for oneself or for everybody at the partner or desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inbox.acts import Refused
from app.inbox.filters import Filters
from app.inbox.looking import habit_of_viewer
from app.inbox.models import SavedView, place_of
from app.viewer import current_viewer
from sms.text import clean

LONGEST_NAME, MOST_VIEWS = 60, 20


V = TypeVar("V", "SavedView", "View")


class NoSuchView(LookupError):
    """There is no view with this number that the viewer may see, or change."""


@dataclass(frozen=True)
class View:
    """A saved view as its owner sees it: `changeable` by them, `opens` where the inbox opens with it."""

    id: int
    name: str
    query: str
    is_shared: bool
    changeable: bool
    opens: bool = False


def save_view(session: Session, name: str, filters: Filters, shared: bool) -> int:
    """Keep these filters under a name; returns the view's number. Raises Refused."""
    name = " ".join(clean(name).split())
    if not name:
        raise Refused("name", _("Give the view a name."))
    if len(name) > LONGEST_NAME:
        raise Refused("name", _("This is %(n)d characters too long.", n=len(name) - LONGEST_NAME))
    mine = session.scalars(select(SavedView).where(SavedView.account_id == current_viewer().account_id)).all()
    if len(mine) >= MOST_VIEWS:
        raise Refused("name", _("You have %(n)d views. Delete one first.", n=MOST_VIEWS))
    viewer = current_viewer()
    view = SavedView(
        account_id=viewer.account_id,
        place=place_of(viewer) if shared else None,
        name=name,
        query=urlencode(filters.as_query(), doseq=True),
    )
    session.add(view)
    session.flush()
    return view.id


def delete_view(session: Session, number: int) -> None:
    """Raises NoSuchView."""
    view = _view(session, number)
    if not view.may_be_written_by(current_viewer()):
        raise NoSuchView(number)
    session.delete(view)


def move_up(session: Session, number: int) -> None:
    """Put the view one place further to the front of the viewer's own order. Raises NoSuchView."""
    _view(session, number)
    habit = habit_of_viewer(session)
    order = [view.id for view in in_order(session.scalars(select(SavedView)).all(), habit.views)]
    place = order.index(number)
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
    habit.views = order


def open_with(session: Session, number: int | None) -> None:
    """Open the viewer's inbox with this view from now on; None is the list of what is open. Raises NoSuchView."""
    habit = habit_of_viewer(session)
    habit.opens_with = _view(session, number).id if number is not None else None


def in_order(views: Iterable[V], order: Sequence[int]) -> list[V]:
    """Those that were put in order first, the others after them as they came."""
    places = {number: place for place, number in enumerate(order)}
    return sorted(views, key=lambda view: (places.get(view.id, len(places)), view.id))


def _view(session: Session, number: int) -> SavedView:
    view = session.get(SavedView, number)
    if view is None:
        raise NoSuchView(number)
    return view
