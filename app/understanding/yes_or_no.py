"""Yes, no or partly, as people type it: the number they were offered, or their own word for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from app.understanding.answers import read_choice
from app.understanding.fold import fold

Verdict = Literal["yes", "no", "partly"]
VERDICTS: tuple[Verdict, ...] = ("yes", "no", "partly")
"""In the order in which they are offered: 1 yes, 2 no, 3 partly."""

FILE = Path(__file__).with_suffix(".toml")
NO_LETTER = re.compile(r"[\s!-/:-@\[-`{-~«»“”‘’‚„…–—।॥¡¿]+")
ENGLISH = "en"


def read_verdict(text: str, languages: Iterable[str], offered: int = len(VERDICTS)) -> Verdict | None:
    """What the whole message says, where that is one of the first `offered` verdicts, else None.

    Words count in these languages (BCP 47) and in English; a number before the word must say the same.
    """
    choice = read_choice(text, offered)
    if choice is not None:
        return VERDICTS[choice - 1]
    number, words = _take_number(_without_politeness(_plain(text)))
    if number is not None and not words:
        return VERDICTS[number - 1] if 1 <= number <= offered else None
    said = _meaning(words, languages)
    agrees = number is None or (said is not None and number == VERDICTS.index(said) + 1)
    return said if agrees and said in VERDICTS[:offered] else None


def phrases(language: str) -> dict[Verdict, frozenset[str]]:
    """The ways of saying each verdict in this language, as a message is compared with them."""
    entry: dict[str, list[str]] = _data().get(language.partition("-")[0], {})
    return {verdict: frozenset(map(_plain, entry.get(verdict, ()))) for verdict in VERDICTS}


def _meaning(words: str, languages: Iterable[str]) -> Verdict | None:
    for language in dict.fromkeys((*languages, ENGLISH)):
        for verdict, ways in phrases(language).items():
            if words in ways:
                return verdict
    return None


def _take_number(words: str) -> tuple[int | None, str]:
    first, _, rest = words.partition(" ")
    return (int(first), rest) if len(first) == 1 and first.isdecimal() else (None, words)


def _without_politeness(words: str) -> str:
    for phrase in _polite():
        words = words.removeprefix(f"{phrase} ").removesuffix(f" {phrase}")
    return words


def _plain(text: str) -> str:
    return " ".join(NO_LETTER.sub(" ", fold(text)).split())


@cache
def _polite() -> tuple[str, ...]:
    return tuple(sorted(map(_plain, _data()["polite"]), key=len, reverse=True))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def languages_known() -> Iterator[str]:
    """The languages whose words are read."""
    return (name for name in _data() if name != "polite")
