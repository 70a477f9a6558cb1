"""One word for one thing: whether a text uses the glossary's words for what it speaks of."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from app.translating.catalogues import TRANSLATIONS
from app.understanding.fold import fold

PLACEHOLDER = re.compile(r"\{\w+\}")

Term = dict[str, Any]


@cache
def glossary() -> dict[str, dict[str, Term]]:
    """By chapter (sectors, messages, problems) and term."""
    return tomllib.loads((TRANSLATIONS / "glossary.toml").read_text(encoding="utf-8"))


def uses(term: Term, english: str) -> bool:
    """Whether the English text speaks of this term."""
    return re.search(term["source"], PLACEHOLDER.sub("", english), re.IGNORECASE) is not None


def holds(said: str, term: Term, code: str) -> bool:
    """Whether the translation has one of the glossary's words for it."""
    folded = fold(PLACEHOLDER.sub("", said))
    return any(fold(word) in folded for word in term.get(code, ()))


def words_left_out(code: str, english: str, said: str) -> list[tuple[str, ...]]:
    """For each term that the English speaks of and the translation does not, the words it could have."""
    terms = glossary()["messages"].values()
    return [tuple(term.get(code, ())) for term in terms if uses(term, english) and not holds(said, term, code)]
