"""The language of a page: what was chosen before what the browser asks for."""

from __future__ import annotations

from babel import Locale
from flask import Response, has_request_context, request

from app.access.people import current_person
from app.access.sessions import cookie_name, uses_https
from app.language import SOURCE, STAFF_LANGUAGES

COOKIE = "gapline-language"
OWN_NAMES = {"en": "English", "fr": "Français", "id": "Bahasa Indonesia"}
"""As their speakers call them: CLDR has plain "Indonesia", which is also the country."""

YEAR = 365 * 24 * 60 * 60


def page_language() -> str:
    """The language of this request's page, one of STAFF_LANGUAGES."""
    if not has_request_context():
        return SOURCE
    person = current_person()
    chosen = person.language if person else request.cookies.get(cookie_name(COOKIE))
    if chosen in STAFF_LANGUAGES:
        return chosen
    return request.accept_languages.best_match(STAFF_LANGUAGES) or SOURCE


def page_direction() -> str:
    """`ltr` or `rtl`."""
    return Locale.parse(page_language()).text_direction


def own_name(language: str) -> str:
    """The language's name in itself, for the language switch."""
    return OWN_NAMES[language]


def remember(response: Response, language: str) -> None:
    """Keep the choice in the browser for a year."""
    response.set_cookie(
        cookie_name(COOKIE), language, max_age=YEAR, secure=uses_https(), httponly=True, samesite="Lax", path="/"
    )
