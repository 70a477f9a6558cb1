"""The functions of government by which programmes are classified: COFOG 1999, United Nations (188 codes, PDDL)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "cofog.csv"
ENGLISH = "en"


@dataclass(frozen=True)
class Function:
    """A division ("06"), a group ("06.3") or a class ("06.3.0"), named in English, French and Spanish."""

    code: str
    names: dict[str, str]

    def name(self, language: str) -> str:
        return self.names.get(language, self.names[ENGLISH])


@cache
def functions() -> dict[str, Function]:
    """By code, in the order of the classification."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Function(row.pop("code"), row) for row in csv.DictReader(file)}


def is_code(code: str) -> bool:
    return code in functions()


def offered(language: str, first: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Every code with its name, those that belong to an entry point first."""
    order = dict.fromkeys((*(code for code in first if is_code(code)), *functions()))
    return tuple((code, f"{code} {functions()[code].name(language)}") for code in order)
