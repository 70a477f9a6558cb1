"""The language of public pages. It stands in the address, since pages without cookies can be kept by anybody."""

from __future__ import annotations

from flask import request

from app.access.speaking import OWN_NAMES as PAGE_NAMES
from app.channels.web.speaking import OWN_NAMES
from app.directory.catalogue import Country
from app.language import SOURCE, STAFF_LANGUAGES


def explained_in(country: Country | None = None) -> str:
    """The language of a page that explains, one of STAFF_LANGUAGES: what is asked for (`?lang=fr`), else what the
    browser wants, else the country's, else English."""
    usual = country.languages if country else ()
    return _asked_for(STAFF_LANGUAGES) or next((one for one in usual if one in STAFF_LANGUAGES), SOURCE)


def spoken_in(country: Country) -> str:
    """The language of a poster, one of those that the country offers; the first of them if nothing is asked for."""
    return _asked_for(country.languages) or country.languages[0]


def page_languages() -> tuple[tuple[str, str], ...]:
    """The languages of pages that explain, with their own names."""
    return tuple((code, PAGE_NAMES[code]) for code in STAFF_LANGUAGES)


def poster_languages(country: Country) -> tuple[tuple[str, str], ...]:
    """The languages of this country's posters, with their own names."""
    return tuple((code, OWN_NAMES[code]) for code in country.languages)


def _asked_for(offered: tuple[str, ...]) -> str | None:
    wanted = request.args.get("lang")
    return wanted if wanted in offered else request.accept_languages.best_match(offered)
