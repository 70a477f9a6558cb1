"""The languages of citizens' pages: which one a page speaks, and which it offers."""

from __future__ import annotations

from babel import Locale
from flask import request

from app.directory.catalogue import Country
from app.language import CITIZEN_LANGUAGES, SOURCE

OWN_NAMES = {
    **{"en": "English", "fr": "Français", "id": "Bahasa Indonesia", "sw": "Kiswahili", "hi": "हिन्दी"},
    **{"mr": "मराठी", "ta": "தமிழ்", "te": "తెలుగు", "ha": "Hausa", "yo": "Yorùbá", "ig": "Igbo"},
    **{"pcm": "Naijá", "ak": "Twi", "ee": "Eʋegbe", "wo": "Wolof", "zu": "isiZulu", "xh": "isiXhosa"},
    **{"st": "Sesotho", "af": "Afrikaans"},
}
"""Each in its own language and spelling; CLDR lacks some and names others after their country."""


def chosen_language() -> str | None:
    """The language that this request asks for by name, if we speak it."""
    wanted = request.values.get("language", "")
    return wanted if wanted in CITIZEN_LANGUAGES else None


def browser_language() -> str:
    """The first language of the browser's own that we speak."""
    return request.accept_languages.best_match(CITIZEN_LANGUAGES) or SOURCE


def offered(country: Country | None, current: str) -> tuple[tuple[str, str], ...]:
    """The languages to switch to, with their own names: those of the country, else all; never without `current`."""
    codes = country.languages if country else CITIZEN_LANGUAGES
    return tuple((code, OWN_NAMES[code]) for code in dict.fromkeys((*codes, current)))


def direction(language: str) -> str:
    """`ltr` or `rtl`."""
    return Locale.parse(language).text_direction
