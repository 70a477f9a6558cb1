"""The steps that say where: one of the entry point's own areas, else a name that is typed."""

from __future__ import annotations

from app.conversation.menu import wording
from app.conversation.menu.areas import find_areas
from app.conversation.menu.keys import is_number
from app.conversation.menu.state import Choice, Draft, Move, Page, State, World, chosen
from app.directory.catalogue import Area

SKIP_KEY = "1"

MOST_OF_A_NAME = 200
"""Characters kept of a place's name."""


def after_problem(world: World, state: State) -> State:
    """Where an entry point serves the whole country there is nothing to choose from."""
    return state.to("area" if _own_areas(world, state.draft) else "place")


def before_words(world: World, state: State) -> State:
    """Back to where the place is asked for, which has not been said then."""
    return after_problem(world, state.to("words", area=None, place=None))


def area_label(world: World, state: State) -> str:
    """The chosen area's name; empty for one that is gone."""
    areas = world.directory.areas_of(world.country.code)
    return next((world.name(state, area) for area in areas if area.code == state.draft.area), "")


def show_area(world: World, state: State) -> Page:
    return Page(world.speak(state, wording.WHERE_IS_IT), _own_choices(world, state))


def take_area(world: World, state: State, key: str, text: str) -> Move | None:
    """A name may be typed here already: that saves a screen."""
    picked = chosen(_own_choices(world, state), key)
    if picked is None:
        return take_place(world, state, key, text) if not is_number(key) else None
    return Move(state.to("words", area=picked.value) if picked.value else state.to("place", area=None))


def show_place(world: World, state: State) -> Page:
    ask = world.speak(state, wording.TYPE_AREA.get(world.country.code, wording.TYPE_REGION))
    title = f"{world.speak(state, wording.UNKNOWN_PLACE)} {ask}" if state.draft.place else ask
    return Page(title, (Choice(SKIP_KEY, world.speak(state, wording.SKIP), None),))


def take_place(world: World, state: State, key: str, text: str) -> Move | None:
    """A name that nobody knows is kept as it was typed; after that it can be skipped, or typed otherwise."""
    if key == SKIP_KEY:
        return Move(state.to("words", area=None))
    if is_number(key) or not any(c.isalpha() for c in text):
        return None
    name = text.strip()[:MOST_OF_A_NAME]
    found = find_areas(world.directory.areas_of(world.country.code), name)
    if len(found) == 1:
        return Move(state.to("words", area=found[0].code))
    return Move(state.to("which" if found else "place", area=None, place=name))


def show_which(world: World, state: State) -> Page:
    return Page(world.speak(state, wording.WHICH_ONE), _candidates(world, state))


def take_which(world: World, state: State, key: str, _text: str) -> Move | None:
    picked = chosen(_candidates(world, state), key)
    if picked is None:
        return None
    return Move(state.to("words", area=picked.value, place=None) if picked.value else state.to("place"))


def _candidates(world: World, state: State) -> tuple[Choice, ...]:
    found = find_areas(world.directory.areas_of(world.country.code), state.draft.place or "")
    return _numbered(world, state, found, wording.NONE_OF_THESE)


def _own_choices(world: World, state: State) -> tuple[Choice, ...]:
    return _numbered(world, state, _own_areas(world, state.draft), wording.ANOTHER_PLACE)


def _numbered(world: World, state: State, areas: tuple[Area, ...], otherwise: str) -> tuple[Choice, ...]:
    choices = tuple(Choice(str(n), world.name(state, area), area.code) for n, area in enumerate(areas, 1))
    return (*choices, Choice(str(len(areas) + 1), world.speak(state, otherwise), None))


def _own_areas(world: World, draft: Draft) -> tuple[Area, ...]:
    """The areas of the entry point's movement partners, in the directory's order, whoever of them is at work today:
    a partner that comes or goes must not renumber the others' areas."""
    entry = world.directory.entry_point(world.country.code, draft.sector)
    serving = [service for service in entry.serving if service.role == "movement"] if entry else []
    codes = dict.fromkeys(code for service in serving for code in service.areas)
    return tuple(world.directory.area(code) for code in codes)
