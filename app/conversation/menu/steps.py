"""The menu as a table: each step with what it shows, what it does with an answer, and where `0` leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.conversation.menu import first, matter, money, where
from app.conversation.menu.state import Move, Page, State, World


@dataclass(frozen=True)
class Step:
    """`take` gets the answer as a key and as it was typed; None says that it was no answer to this step."""

    show: Callable[[World, State], Page]
    take: Callable[[World, State, str, str], Move | None]
    back: Callable[[World, State], State]


def _to(step: str) -> Callable[[World, State], State]:
    return lambda _world, state: state.to(step)


def _to_home(_world: World, state: State) -> State:
    return State("home", state.language)


def _before_where(world: World, state: State) -> State:
    sector = state.to("home", area=None, place=None)
    before = matter.after_sector(world, sector)
    return before if before.step == "problem" else _to_home(world, state)


def _before_typing(world: World, state: State) -> State:
    return (
        state.to("area", place=None)
        if where.after_problem(world, state).step == "area"
        else _before_where(world, state)
    )


STEPS = {
    "language": Step(first.show_language, first.take_language, _to_home),
    "resume": Step(first.show_resume, first.take_resume, _to_home),
    "home": Step(first.show_home, first.take_home, _to_home),
    "call": Step(first.show_call, first.take_call, _to_home),
    "check": Step(first.show_check, first.take_nothing, _to_home),
    "how": Step(money.show_how, money.take_how, _to_home),
    "money": Step(money.show_money, first.take_nothing, money.before_money),
    "problem": Step(matter.show_problem, matter.take_problem, _to_home),
    "area": Step(where.show_area, where.take_area, _before_where),
    "place": Step(where.show_place, where.take_place, _before_typing),
    "which": Step(where.show_which, where.take_which, _to("place")),
    "words": Step(matter.show_words, matter.take_words, where.before_words),
    "confirm": Step(matter.show_confirm, matter.take_confirm, _to("words")),
}

TOP = "home"
CONFIRM = "confirm"
"""Never passed by dialling along: nobody sends what they have not seen."""
