"""The steps around a report: language, a report left unfinished, the first screen, one's own reports."""

from __future__ import annotations

from app.conversation.calling import CALL_WHEN, TIMES
from app.conversation.menu import wording
from app.conversation.menu.matter import after_sector
from app.conversation.menu.money import after_how
from app.conversation.menu.state import Act, Choice, Draft, Move, Page, State, World, chosen
from app.directory.catalogue import OTHER
from app.outbox.wording import NO_REPORTS, SECTORS, STATE, STATES

CHECK_KEY, CALL_KEY, LANGUAGE_KEY, HOW_KEY = "9", "97", "99", "96"
"""Beyond the number of any sector, so that a new entry point moves none of them."""


def show_language(world: World, state: State) -> Page:
    return Page(world.speak(state, wording.CHOOSE_LANGUAGE), _languages(world))


def take_language(world: World, _state: State, key: str, _text: str) -> Move | None:
    picked = chosen(_languages(world), key)
    if picked is None:
        return None
    step = "resume" if world.unfinished else "home"
    return Move(State(step, picked.value), Act.REMEMBER_LANGUAGE)


def _languages(world: World) -> tuple[Choice, ...]:
    offered = enumerate(world.country.languages, 1)
    return tuple(Choice(str(number), wording.LANGUAGE_NAMES[code], code) for number, code in offered)


def show_resume(world: World, state: State) -> Page:
    labels = (wording.CONTINUE, wording.START_AGAIN)
    choices = tuple(Choice(str(n), world.speak(state, label), label) for n, label in enumerate(labels, 1))
    return Page(world.speak(state, wording.NOT_FINISHED), choices)


def take_resume(world: World, state: State, key: str, _text: str) -> Move | None:
    left = world.unfinished
    if key == "1" and left:
        return Move(State(left.step, state.language, draft=left.draft), Act.SETTLE_UNFINISHED)
    return Move(State("home", state.language), Act.SETTLE_UNFINISHED) if key in ("1", "2") else None


def show_home(world: World, state: State) -> Page:
    return Page(world.speak(state, wording.WHAT_IS_IT_ABOUT), _home_choices(world, state))


def take_home(world: World, state: State, key: str, _text: str) -> Move | None:
    picked = chosen(_home_choices(world, state), key)
    if picked is None:
        return None
    if key == CHECK_KEY:
        return Move(State("check", state.language))
    if key == CALL_KEY:
        return Move(State("call", state.language), Act.CALL_BACK)
    if key == HOW_KEY:
        return Move(after_how(world, state))
    if key == LANGUAGE_KEY:
        return Move(State("language", state.language))
    return Move(after_sector(world, State("home", state.language, draft=Draft(sector=picked.value))))


def show_call(world: World, state: State) -> Page:
    """The wish is noted already: only when is asked."""
    return Page(world.speak(state, CALL_WHEN), _times(world, state))


def take_call(world: World, state: State, key: str, _text: str) -> Move | None:
    picked = chosen(_times(world, state), key)
    return Move(State("call", state.language, draft=Draft(when=picked.value)), Act.CALL_AT) if picked else None


def _times(world: World, state: State) -> tuple[Choice, ...]:
    offered = enumerate(TIMES.items(), 1)
    return tuple(Choice(str(number), world.speak(state, label), when) for number, (when, label) in offered)


def _home_choices(world: World, state: State) -> tuple[Choice, ...]:
    numbered = enumerate(sectors(world), 1)
    reports = tuple(Choice(str(n), world.speak(state, SECTORS[sector]), sector) for n, sector in numbered)
    return (
        *reports,
        Choice(CHECK_KEY, world.speak(state, wording.MY_REPORTS), None),
        Choice(CALL_KEY, world.speak(state, wording.CALL_ME), None),
        Choice(LANGUAGE_KEY, world.speak(state, wording.CHANGE_LANGUAGE), None),
        Choice(HOW_KEY, world.speak(state, wording.WHERE_MONEY_COMES_FROM), None),
    )


def sectors(world: World) -> tuple[str, ...]:
    """The sectors of the country's entry points in the directory's order, then `other`: as in text messages."""
    served = (entry.sector for entry in world.directory.entry_points if entry.country == world.country.code)
    return (*served, OTHER)


def show_check(world: World, state: State) -> Page:
    """References and states, never content: the telephone may be somebody else's by now."""
    lines = tuple(
        world.speak(state, STATE, reference=reference, state=world.speak(state, STATES[status]))
        for reference, status in world.reports()
    )
    return Page(
        world.speak(state, wording.MY_REPORTS if lines else NO_REPORTS), lines=lines, brief="" if lines else None
    )


def take_nothing(_world: World, _state: State, _key: str, _text: str) -> Move | None:
    return None
