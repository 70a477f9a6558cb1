"""The numbers that cases are judged by, from data/rules.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "rules.toml"
INFORMATION_REQUEST = "information_request"


@dataclass(frozen=True)
class Rules:
    """`information_days` is by country, ISO 3166-1; shares are parts of one."""

    independent_people: int
    fewest_yes: int
    share_of_answers: Fraction
    reminder_after: timedelta
    give_up_after: timedelta
    fine_release: Fraction
    fine_execution: Fraction
    information_days: dict[str, int]


@cache
def rules() -> Rules:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Rules(
        independent_people=data["stated"]["independent_people"],
        fewest_yes=data["verified"]["fewest_yes"],
        share_of_answers=Fraction(data["verified"]["share_of_answers"]),
        reminder_after=timedelta(days=data["asking"]["reminder_after_days"]),
        give_up_after=timedelta(days=data["asking"]["give_up_after_days"]),
        fine_release=Fraction(data["suggesting"]["fine_release"]),
        fine_execution=Fraction(data["suggesting"]["fine_execution"]),
        information_days=data["information_days"],
    )


def statutory_deadline(country: str, kind: str, sent_on: date) -> date | None:
    """By when the law wants this kind of action answered, where we know its clock: information requests only."""
    days = rules().information_days.get(country)
    return sent_on + timedelta(days=days) if days and kind == INFORMATION_REQUEST else None
