"""The steps that say where the money for a service comes from and who decides: as HOW does by text message."""

from __future__ import annotations

from app.conversation.menu import wording
from app.conversation.menu.state import Choice, Draft, Move, Page, State, World, chosen
from app.conversation.money import MONEY
from app.directory.catalogue import EntryPoint
from app.outbox.wording import SECTORS


def after_how(world: World, state: State) -> State:
    """Which service is asked only where there are several."""
    explained = _explained(world)
    return _told(state, explained[0].slug) if len(explained) == 1 else State("how", state.language)


def before_money(world: World, state: State) -> State:
    return State("how" if len(_explained(world)) > 1 else "home", state.language)


def show_how(world: World, state: State) -> Page:
    return Page(world.speak(state, wording.WHERE_MONEY_COMES_FROM), _services(world, state))


def take_how(world: World, state: State, key: str, _text: str) -> Move | None:
    picked = chosen(_services(world, state), key)
    return Move(_told(state, picked.value)) if picked else None


def show_money(world: World, state: State) -> Page:
    """Under the service's name: a text that begins with a number would look like a choice."""
    entry = next((one for one in _explained(world) if one.slug == state.draft.asked), None)
    if entry is None:
        return Page(world.speak(state, wording.WHERE_MONEY_COMES_FROM))
    said = " ".join(world.speak(state, text) for text in MONEY[entry.slug])
    return Page("", prose=f"{world.speak(state, SECTORS[entry.sector])}: {said}")


def _told(state: State, slug: str | None) -> State:
    return State("money", state.language, draft=Draft(asked=slug))


def _services(world: World, state: State) -> tuple[Choice, ...]:
    """Numbered as where a report begins, so that a service has one number."""
    served = [entry for entry in world.directory.entry_points if entry.country == world.country.code]
    named = ((str(n), world.speak(state, SECTORS[entry.sector]), entry.slug) for n, entry in enumerate(served, 1))
    return tuple(Choice(*one) for one in named if one[2] in MONEY)


def _explained(world: World) -> list[EntryPoint]:
    """The country's entry points, those left out for which nothing is written yet."""
    code = world.country.code
    return [one for one in world.directory.entry_points if one.country == code and one.slug in MONEY]
