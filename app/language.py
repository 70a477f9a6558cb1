"""Speaking to citizens in their language: which catalogues there are, and what a message falls back to.

Citizens' messages live in the gettext domain `messages`; the pages of staff in `staff`. What partners corrected in
the product goes before the catalogue.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from flask import Flask, current_app, has_app_context

CATALOGUES = Path(__file__).parent.parent / "translations"
SOURCE = "en"

STAFF_LANGUAGES = ("en", "fr", "id")

CITIZEN_LANGUAGES = (
    *("en", "fr", "id", "sw", "hi", "mr", "ta", "te", "ha", "yo"),
    *("ig", "pcm", "ak", "ee", "wo", "zu", "xh", "st", "af"),
)
"""Every language that some country offers (contracts: languages per country)."""

SPOKEN_AS = {"hi-Latn": "hi", "mr-Latn": "mr", "jv": "id", "dag": "en", "tn": "st"}
"""Languages we understand but have no catalogue for yet, and the nearest one that their speakers read."""

Corrections = Mapping[tuple[str, str], str]
"""What is said instead of the catalogue's words, by language and English text."""

NONE: Corrections = {}
_tried: ContextVar[Corrections] = ContextVar("tried", default=NONE)


def mark(text: str) -> str:
    """Mark a citizen's message for extraction where it is defined; it is translated where it is said."""
    return text


def say(language: str, text: str, **values: object) -> str:
    """The message `text` in this language, else in the nearest one, else in English, with its values filled in."""
    return words_for(language, text).format(**values)


def words_for(language: str, text: str) -> str:
    """Likewise, its gaps not yet filled."""
    asked = (SPOKEN_AS.get(language, language), text)
    return _tried.get().get(asked) or _corrections().get(asked) or in_catalogue(*asked)


def in_catalogue(language: str, text: str) -> str:
    """What the catalogue of this language says, whatever was corrected since."""
    return _catalogue(language).gettext(text)


def correct(app: Flask, corrections: Corrections) -> None:
    """From now on this process says these words."""
    app.extensions["corrections"] = corrections


@contextmanager
def trying(corrections: Corrections) -> Iterator[None]:
    """Within the block, and for nobody else, these words are said."""
    token = _tried.set(corrections)
    try:
        yield
    finally:
        _tried.reset(token)


def choose(offered: tuple[str, ...], chosen: str | None, written: str | None) -> str:
    """The language to answer in: the one chosen before, else the one they wrote in, else the country's default."""
    for language in (chosen, written):
        if language and SPOKEN_AS.get(language, language) in CITIZEN_LANGUAGES:
            return language
    return offered[0]


def _corrections() -> Corrections:
    return current_app.extensions.get("corrections", NONE) if has_app_context() else NONE


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", CATALOGUES, languages=[language], fallback=True)
