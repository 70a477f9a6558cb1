"""Every place in the menu, found by walking it: each country, each language, each choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from app.conversation.menu import engine
from app.conversation.menu.state import Draft, State, World
from app.conversation.menu.steps import STEPS
from app.directory.catalogue import Directory
from app.language import trying
from app.outbox.wording import STATES

REPORTS = tuple((f"ZA-7W3K9Q{n % 10}", status) for n, status in enumerate(STATES))
"""One of each state, and as long as references are."""

STRANGE = "xyzzy"
"""A name that no area has."""


def a_world(directory: Directory, country: str, unfinished: State | None = None) -> World:
    return World(directory, directory.country(country), unfinished, lambda: REPORTS)


def reachable(directory: Directory, country: str) -> frozenset[State]:
    """The first page of every place that answers lead to, and all that can be asked to be sent."""
    return _walked(_Kept(directory), country)


def saying(directory: Directory, country: str, text: str) -> frozenset[State]:
    """Those of these places on whose screens this text (English) stands."""
    return _said(_Kept(directory), country).get(text, frozenset())


def keys_of(text: str) -> list[str]:
    """The numbers at the beginnings of lines."""
    return [word for line in text.splitlines() if (word := line.partition(" ")[0]).isdigit()]


def all_pages(directory: Directory, country: str, state: State) -> list[str]:
    """The screens of this state, found by asking for more."""
    world, texts = a_world(directory, country), []
    while True:
        texts.append(engine.show(world, state).text)
        if "98" not in keys_of(texts[-1]):
            return texts
        state = engine.answer(world, state, "98").state


class _Kept:
    """A directory that is known by being that very one: comparing two of them would take longer than the walk."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.directory is other.directory

    def __hash__(self) -> int:
        return id(self.directory)


@lru_cache(maxsize=16)
def _walked(kept: _Kept, country: str) -> frozenset[State]:
    world = a_world(kept.directory, country)
    waiting = [State("home", "en"), State("resume", "en"), State("language", "en"), State("language")]
    waiting.append(State("how", "en"))  # where a country has one service, nothing leads here yet
    found = set(waiting)
    while waiting:
        new = {_small(world, state) for state in _next(world, waiting.pop())} - found
        found |= new
        waiting += new
    return frozenset(found) | _all_matters(world)


class _Heard(dict[tuple[str, str], str]):
    """Corrections that correct nothing, and note what was looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def get(self, asked: tuple[str, str], _default: object = None) -> None:
        self.texts.add(asked[1])


@lru_cache(maxsize=16)
def _said(kept: _Kept, country: str) -> dict[str, frozenset[State]]:
    """By text, where it is said: which texts a screen is made of is the same in every language."""
    found: dict[str, set[State]] = {}
    world = a_world(kept.directory, country)
    for state in _walked(kept, country):
        heard = _Heard()
        with trying(heard):
            engine.screens(world, state)
        for text in heard.texts:
            found.setdefault(text, set()).add(state)
    return {text: frozenset(states) for text, states in found.items()}


def _next(world: World, state: State) -> Iterator[State]:
    page = STEPS[state.step].show(world, state)
    for text in (*(choice.key for choice in page.choices), "0", "00", "*", STRANGE, _several(world)):
        yield engine.answer(world, state, text).state


def _several(world: World) -> str:
    """What may mean any of the four areas with the longest names."""
    return " ".join(_longest(area.name for area in world.directory.areas_of(world.country.code))[:4])


def _longest(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _small(world: World, state: State) -> State:
    """Words are never shown, so one word stands for all, and so on: that keeps the walk finite and short."""
    draft = state.draft
    entry = world.directory.entry_point(world.country.code, draft.sector)
    kept = entry.problems[0].slug if entry and draft.problem else None
    words = "w" if draft.words else None
    return replace(state, language="en", page=0, draft=replace(draft, problem=kept, words=words))


def _all_matters(world: World) -> frozenset[State]:
    """The last question with every problem, and the areas of the shortest and the longest name, or none."""
    areas = sorted(world.directory.areas_of(world.country.code), key=lambda area: len(area.name))
    entries = [entry for entry in world.directory.entry_points if entry.country == world.country.code]
    return frozenset(
        State("confirm", "en", draft=Draft(entry.sector, problem.slug, area))
        for entry in entries
        for problem in entry.problems
        for area in (areas[0].code, areas[-1].code, None)
    )
