"""The steps that say what is wrong: the problem, one's own words, and whether to send it."""

from __future__ import annotations

from app.conversation.menu import wording
from app.conversation.menu.keys import is_number
from app.conversation.menu.state import Act, Choice, Draft, Move, Page, State, World, chosen
from app.conversation.menu.where import after_problem, area_label
from app.directory.catalogue import OTHER, EntryPoint, ProblemType
from app.outbox.wording import SECTORS

MOST_WORDS = 2_000
"""Characters kept of what was typed; a telephone sends 182."""

SKIP_KEY = SEND_KEY = "1"


def after_sector(world: World, state: State) -> State:
    """A sector without an entry point has no problem types to choose from."""
    return state.to("problem") if _entry(world, state.draft) else after_problem(world, state)


def show_problem(world: World, state: State) -> Page:
    return Page(world.speak(state, wording.WHAT_IS_WRONG), _problems(world, state))


def take_problem(world: World, state: State, key: str, _text: str) -> Move | None:
    picked = chosen(_problems(world, state), key)
    return Move(after_problem(world, state.to("problem", problem=picked.value))) if picked else None


def show_words(world: World, state: State) -> Page:
    skip = (Choice(SKIP_KEY, world.speak(state, wording.SKIP), None),) if _may_skip(state.draft) else ()
    return Page(world.speak(state, wording.YOUR_WORDS), skip)


def take_words(_world: World, state: State, key: str, text: str) -> Move | None:
    if key == SKIP_KEY and _may_skip(state.draft):
        return Move(state.to("confirm", words=None))
    return Move(state.to("confirm", words=text.strip()[:MOST_WORDS])) if _says_something(key, text) else None


def _may_skip(draft: Draft) -> bool:
    """Of a matter that is none of the choices, the words are all there is."""
    return draft.sector != OTHER


def _says_something(key: str, text: str) -> bool:
    """A letter or a picture; numbers alone are a choice that is not there."""
    return not is_number(key) and any(c.isalnum() or ord(c) > 0x2000 for c in text)


def show_confirm(world: World, state: State) -> Page:
    """What was chosen, in our words. What the person typed is not shown: others may look on."""
    sector, problem, area = _summary(world, state)
    ask, send = world.speak(state, wording.SEND_IT), Choice(SEND_KEY, world.speak(state, wording.SEND), None)
    whole = (ask, ": ".join(filter(None, (sector, problem))), area)
    brief = (ask, problem or sector, area)
    return Page("\n".join(filter(None, whole)), (send,), brief="\n".join(filter(None, brief)))


def take_confirm(_world: World, state: State, key: str, _text: str) -> Move | None:
    return Move(state, Act.FILE) if key == SEND_KEY else None


def _summary(world: World, state: State) -> tuple[str, str, str]:
    """Sector, problem and area in words; empty where nothing was chosen."""
    problem = find_problem(world, state.draft)
    sector = world.speak(state, SECTORS[state.draft.sector or OTHER])
    return sector, world.name(state, problem) if problem else "", area_label(world, state)


def find_problem(world: World, draft: Draft) -> ProblemType | None:
    """The problem type that was chosen, unless the directory has lost it since."""
    entry = _entry(world, draft)
    return next((one for one in entry.problems if one.slug == draft.problem), None) if entry else None


def _problems(world: World, state: State) -> tuple[Choice, ...]:
    entry = _entry(world, state.draft)
    problems = entry.problems if entry else ()
    numbered = enumerate(problems, 1)
    choices = tuple(Choice(str(n), world.name(state, problem), problem.slug) for n, problem in numbered)
    return (*choices, Choice(str(len(problems) + 1), world.speak(state, wording.SOMETHING_ELSE), None))


def _entry(world: World, draft: Draft) -> EntryPoint | None:
    return world.directory.entry_point(world.country.code, draft.sector)
