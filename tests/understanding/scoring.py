"""Counting what becomes of the messages: what is understood, asked, or understood wrongly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from app.directory.catalogue import SECTORS
from app.understanding.meaning import Meaning, understand
from app.understanding.orders import NAMES
from tests.app.understanding.directory_data import shipped_directory
from tests.understanding.messages import Message, messages_of

RIGHT, WRONG_PARTNER, DESK, ASKED, LOST = "right", "wrong partner", "desk", "asked", "lost"
OUTCOMES = (RIGHT, WRONG_PARTNER, DESK, ASKED, LOST)


@dataclass(frozen=True)
class Result:
    message: Message
    meaning: Meaning

    @property
    def is_report(self) -> bool:
        """Whether its writer reports something that an entry point of the country serves."""
        return "-" in self.message.meant and self.message.meant not in SECTORS

    @property
    def is_out_of_scope(self) -> bool:
        return self.message.meant in SECTORS

    @property
    def understood(self) -> str:
        """The entry point, or the desk, or what else it was taken for."""
        meaning = self.meaning
        return (meaning.entry_point or DESK) if meaning.kind == "report" else meaning.command or meaning.kind

    @property
    def is_command(self) -> bool:
        return self.message.meant in NAMES

    @property
    def outcome(self) -> str:
        """What became of a report: `lost` when it was taken for noise or an order."""
        meaning = self.meaning
        if meaning.kind == "report":
            here, served = meaning.entry_point == self.message.meant, meaning.entry_point is not None
            return RIGHT if here else WRONG_PARTNER if served else DESK
        return ASKED if meaning.kind == "unclear" else LOST


@cache
def results_of(part: str) -> tuple[Result, ...]:
    directory = shipped_directory()
    return tuple(Result(one, understand(one.text, one.country, directory)) for one in messages_of(part))


def shares(results: Iterable[Result]) -> dict[str, float]:
    """The share of each outcome among the reports."""
    counted = Counter(result.outcome for result in results if result.is_report)
    whole = sum(counted.values()) or 1
    return {outcome: counted[outcome] / whole for outcome in OUTCOMES}


def share_at_partners(results: Iterable[Result]) -> float:
    """The share of what no entry point serves that reached a partner all the same."""
    outside = [result for result in results if result.is_out_of_scope]
    return sum(result.meaning.entry_point is not None for result in outside) / len(outside)


def share_of_commands(results: Iterable[Result]) -> float:
    commands = [result for result in results if result.is_command]
    return sum(result.meaning.command == result.message.meant for result in commands) / len(commands)


def share_of_areas(results: Iterable[Result]) -> float:
    """The share of the places named whose first-level area was found."""
    named = [result for result in results if result.message.area]
    return sum(result.meaning.area == result.message.area for result in named) / len(named)


def problems_given(results: Iterable[Result]) -> tuple[float, float]:
    """Of the messages that tell their problem type, the share given the right one, and the share given another."""
    told = [result for result in results if result.message.problem and result.outcome == RIGHT]
    given = [result for result in told if result.meaning.problem_type]
    right = sum(result.meaning.problem_type == result.message.problem for result in given)
    return right / (len(told) or 1), (len(given) - right) / (len(told) or 1)


def filed_noise(results: Iterable[Result]) -> list[str]:
    return [one.message.text for one in results if one.message.meant == "noise" and one.meaning.kind == "report"]
