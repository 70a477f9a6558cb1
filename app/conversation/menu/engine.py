"""The state machine of the menu: pure, total, and the same for every provider."""

from __future__ import annotations

from dataclasses import replace

from app.conversation.calling import NOTED_WHEN
from app.conversation.menu import wording
from app.conversation.menu.keys import BACK, HOME, MORE, read_key
from app.conversation.menu.state import Choice, Move, State, World
from app.conversation.menu.steps import STEPS, TOP
from sms.ussd.message import Screen
from sms.ussd.paging import Keys, pages, prose
from sms.ussd.screens import fits


def begin(world: World, language: str | None, dialled_along: bool = False) -> State:
    """Where a session starts. Dialling along (`*384*1*3#`) passes by the questions that are asked only sometimes,
    so that a string which somebody memorised, or reads from a poster, means the same for everybody, always."""
    if dialled_along:
        return State(TOP, language)
    if language is None and len(world.country.languages) > 1:
        return State("language")
    return State("resume" if world.unfinished else TOP, language)


def answer(world: World, state: State, text: str) -> Move:
    """Where this answer leads. One that means nothing here leads to the same screen, which then says so."""
    key = read_key(text)
    if key == HOME:
        return Move(State(TOP, state.language))
    if key == BACK:
        return Move(_back(world, state))
    if key == MORE and state.page + 1 < len(_pages(world, state)):
        return Move(replace(state, page=state.page + 1, was_misread=False))
    move = STEPS[state.step].take(world, state, key, text)
    return move or Move(replace(state, was_misread=True))


def show(world: World, state: State) -> Screen:
    """The screen of this state: never longer than a telephone holds."""
    found = screens(world, state)
    return Screen(found[min(state.page, len(found) - 1)])


def screens(world: World, state: State) -> tuple[str, ...]:
    """The screens of this place, from the first to the last that `98` leads to."""
    found = _pages(world, state)
    if not state.was_misread:
        return found
    noted = ((f"{world.speak(state, wording.NOT_A_CHOICE)}\n{text}", text) for text in found)
    return tuple(long if fits(long) else text for long, text in noted)


def show_recorded(world: World, state: State, reference: str) -> Screen:
    """The last screen. The reference stands first, so whatever has to give way, it does not."""
    lines = [world.speak(state, wording.RECORDED, reference=reference)]
    for more in (wording.KEEP_IT, wording.ASK_AGAIN):
        said = world.speak(state, more)
        if fits("\n".join([*lines, said])):
            lines.append(said)
    return Screen("\n".join(lines), ends=True)


def show_called(world: World, state: State, reference: str) -> Screen:
    """The last screen of somebody who asks to be called."""
    return Screen(world.speak(state, NOTED_WHEN, reference=reference), ends=True)


def _back(world: World, state: State) -> State:
    if state.page:
        return replace(state, page=state.page - 1, was_misread=False)
    return STEPS[state.step].back(world, state)


def _pages(world: World, state: State) -> tuple[str, ...]:
    page = STEPS[state.step].show(world, state)
    lines = (*map(_line, page.choices), *page.lines)
    labels = ((BACK, wording.BACK), (MORE, wording.MORE), (HOME, wording.HOME))
    keys = Keys(*(f"{key} {world.speak(state, label)}" for key, label in labels))
    if page.prose:
        return prose(page.prose, keys)
    found = pages(page.title, lines, keys, is_top=_is_asked_first(state))
    if page.brief is None or all(page.title in screen for screen in found):
        return found
    return pages(page.brief, lines, keys)


def _is_asked_first(state: State) -> bool:
    """Whether there is nothing to go back to; the keys work all the same."""
    return state.step in (TOP, "resume") or (state.step == "language" and state.language is None)


def _line(choice: Choice) -> str:
    return f"{choice.key} {choice.label}"
