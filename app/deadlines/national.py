"""National holidays of the countries we serve, movable ones included, from the package `holidays`.

Islamic and some other feasts are seen, not calculated: what the package marks as estimated may be off by a day, and
a partner corrects it on its own calendar.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

LANGUAGES = MappingProxyType({"en": "en_US", "fr": "fr_SN", "id": "id"})
"""In which of its languages the package is asked, for each language of our pages."""


@lru_cache(maxsize=256)
def national_holidays(country: str, year: int, language: str = "en") -> Mapping[date, str]:
    """Each public holiday of this year with its name, in this language if the package has it, else in English."""
    known = holidays.country_holidays(country).supported_languages
    asked = LANGUAGES.get(language, "en_US")
    spoken = asked if asked in known else ("en_US" if "en_US" in known else None)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", UserWarning
        )  # past the years that the package knows there are fixed ones only
        found = holidays.country_holidays(country, years=year, language=spoken)
    return MappingProxyType(dict(sorted(found.items())))
