"""Where somebody stands in the menu, as plain values: what was answered, and what the menu knows of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from app.conversation.menu.spelling import on_a_screen
from app.directory.catalogue import Area, Country, Directory, ProblemType
from app.language import say


@dataclass(frozen=True)
class Draft:
    """A report as far as it was told. `problem` is a problem type's slug, `area` a code; `place` is the name of a
    place as it was typed, where it is no area that we know; `when` they wish to be called. `asked`: the entry point
    whose money is asked about, which begins no report."""

    sector: str | None = None
    problem: str | None = None
    area: str | None = None
    place: str | None = field(default=None, repr=False)
    words: str | None = field(default=None, repr=False)
    when: str | None = None
    asked: str | None = None

    @property
    def is_begun(self) -> bool:
        return self.sector is not None

    @property
    def is_worth_filing(self) -> bool:
        """Whether a person could follow it up as it stands."""
        return self.is_begun and bool(self.problem or self.words)


@dataclass(frozen=True)
class State:
    """A place in the menu. `language` is None until it was chosen; `was_misread`: the last answer was no choice."""

    step: str
    language: str | None = None
    page: int = 0
    draft: Draft = Draft()
    was_misread: bool = False

    def to(self, step: str, **answered: Any) -> State:
        """The first page of another step, with these answers added to the draft."""
        return State(step, self.language, draft=replace(self.draft, **answered))


class Act(Enum):
    """What a step wants done beside moving on."""

    REMEMBER_LANGUAGE = auto()
    SETTLE_UNFINISHED = auto()
    FILE = auto()
    CALL_BACK = auto()
    CALL_AT = auto()


@dataclass(frozen=True)
class Move:
    state: State
    act: Act | None = None


@dataclass(frozen=True)
class World:
    """What the steps look things up in. `unfinished` is the report that this person left in an earlier session,
    `reports` gives reference and status of the newest ones, the newest first."""

    directory: Directory
    country: Country
    unfinished: State | None = None
    reports: Callable[[], Sequence[tuple[str, str]]] = tuple

    def speak(self, at: State, text: str, **values: str) -> str:
        """A text in the language of this state, else in the country's first."""
        return say(self.language(at), text, **values)

    def language(self, at: State) -> str:
        return at.language or self.country.languages[0]

    def name(self, at: State, named: Area | ProblemType) -> str:
        """What the directory calls it in the language of this state, spelt for a small screen."""
        language = self.language(at)
        return on_a_screen(named.name_in(language), language)


@dataclass(frozen=True)
class Choice:
    """A numbered line. Numbers are part of what people memorise, so they are given, never counted on a screen."""

    key: str
    label: str
    value: str | None


@dataclass(frozen=True)
class Page:
    """What a step shows before it is laid out on screens. `lines` have no number of their own; `brief` is said
    (nothing, if it is empty) instead of a title that does not fit. `prose` goes on from screen to screen."""

    title: str
    choices: tuple[Choice, ...] = ()
    lines: tuple[str, ...] = ()
    brief: str | None = None
    prose: str = ""


def chosen(choices: Sequence[Choice], key: str) -> Choice | None:
    """The choice with this number, on whichever screen it stands."""
    return next((choice for choice in choices if choice.key == key), None)
