"""Which language somebody means: by its name in any of ours ("Kiswahili", "anglais"), or by its code."""

from __future__ import annotations

from functools import cache

from babel import Locale

from app.conversation.menu.wording import LANGUAGE_NAMES
from app.language import CITIZEN_LANGUAGES
from app.understanding.fold import words_of

ALSO = {
    "ak": ("twi", "asante", "fante"),
    "ee": ("eve",),
    "id": ("indonesian", "indonesia"),
    "pcm": ("pidgin", "naija", "broken"),
    "st": ("sotho",),
    "xh": ("xhosa",),
    "zu": ("zulu",),
}
"""What people say beside the names of Unicode CLDR."""


def read_language(text: str) -> str | None:
    """The one of our languages that is named last in this text, None where none is."""
    words = words_of(text)
    named = (_names().get(" ".join(words[start:end])) for start, end in _spans(len(words)))
    return next((code for code in named if code), None)


def read_code(text: str) -> str | None:
    """The code that ends an order of two words: "LANGUAGE sw"."""
    words = text.lower().split()
    return words[1] if len(words) == 2 and words[1] in CITIZEN_LANGUAGES else None


def _spans(count: int) -> list[tuple[int, int]]:
    """From the end to the beginning, of two words ending at the same place the longer one first."""
    return [(start, end) for end in range(count, 0, -1) for start in range(max(0, end - 3), end)]


@cache
def _names() -> dict[str, str]:
    locales = [Locale.parse(code) for code in CITIZEN_LANGUAGES]
    names = {}
    for code in CITIZEN_LANGUAGES:
        told = [locale.languages.get(code) for locale in locales]
        for name in (*filter(None, told), LANGUAGE_NAMES[code], *ALSO.get(code, ())):
            names.setdefault(" ".join(words_of(name)), code)
    return names
