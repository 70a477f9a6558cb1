"""Speaking to citizens in their language: which catalogues there are, and what a message falls back to.

Citizens' messages live in the gettext domain `messages`; the pages of staff in `staff`.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

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


def mark(text: str) -> str:
    """Mark a citizen's message for extraction where it is defined; it is translated where it is said."""
    return text


def say(language: str, text: str, **values: object) -> str:
    """The message `text` in this language, else in the nearest one, else in English, with its values filled in."""
    return _catalogue(SPOKEN_AS.get(language, language)).gettext(text).format(**values)


def choose(offered: tuple[str, ...], chosen: str | None, written: str | None) -> str:
    """The language to answer in: the one chosen before, else the one they wrote in, else the country's default."""
    for language in (chosen, written):
        if language and SPOKEN_AS.get(language, language) in CITIZEN_LANGUAGES:
            return language
    return offered[0]


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", CATALOGUES, languages=[language], fallback=True)
