"""Every message as it goes out to a phone, and what those that go out unasked must not say."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from itertools import chain

from app.language import say
from app.outbox import wording
from app.understanding.fold import fold, words_of
from tests.languages.catalogues import COUNTRIES, ROOT, places

PAGES = ("app/channels/web/", "app/open_data/")
"""Read on pages and posters only, so of any length and in all letters."""

MENU = "app/conversation/menu/"
READ_BY_PARTNERS = "app/intake/erasing.py"
"""Menu screens have a limit of their own: tests/app/conversation/test_menu_screens.py."""

REFERENCE = "ZA-7W3K9QX"

LONGEST = {
    **{"reference": REFERENCE, "example": REFERENCE, "state": "", "choices": "", "country": "South Africa"},
    **{"partner": "PFAG", "number": "+254711222333", "most": "100", "day": "23 November 2026"},
    **{"title": "", "question": ""},
    **{"reports": "12", "texts": "123", "spoken": "Bahasa Indonesia", "later": "yes"},
}
"""A value for every placeholder."""

BANNED = tomllib.loads((ROOT / "tests" / "house" / "banned_words.toml").read_text(encoding="utf-8"))


def sent_to_phones(*elsewhere: str) -> list[str]:
    """The messages of text messages and menus, without those that stand only in these folders."""
    unsent = (*PAGES, READ_BY_PARTNERS, *elsewhere)
    return [text for text, files in places().items() if not all(file.startswith(unsent) for file in files)]


def unprompted(code: str) -> list[str]:
    """The messages that reach a phone without its owner having just asked for them."""
    updates = (wording.update(code, REFERENCE, status) for status in wording.STATES)
    notices = (say(code, wording.ANSWER_WAITS, reference=REFERENCE), say(code, wording.NOTICE))
    return [wording.acknowledgment(code, REFERENCE), *notices, *updates]


def texts(code: str) -> list[str]:
    """Every message as it goes out, with its longest values; questions are measured apart."""
    states = (wording.state(code, REFERENCE, status) for status in wording.STATES)
    parts = {wording.QUESTION, wording.QUESTION_AGAIN, wording.UPDATE, wording.STATE}
    parts |= {*wording.SECTORS.values(), *wording.STATES.values()}
    fixed = (say(code, t, **LONGEST) for t in sent_to_phones(MENU) if t not in parts)
    return [*unprompted(code), *states, *fixed]


def questions(code: str) -> list[str]:
    """What is asked with every sector to choose from, at first and again."""
    return [wording.question(code, list(wording.SECTORS), again) for again in (False, True)]


def banned(code: str, text: str) -> set[str]:
    return {word for word in words_of(text) if any(fnmatchcase(word, pattern) for pattern in patterns(code))}


@cache
def patterns(code: str) -> tuple[str, ...]:
    names = chain.from_iterable(map(words_of, partners()))
    return tuple(map(fold, (*BANNED["everywhere"], *BANNED["languages"].get(code, ()), *names)))


@cache
def partners() -> frozenset[str]:
    rows = chain.from_iterable(tomllib.loads(path.read_text("utf-8"))["partners"] for path in COUNTRIES)
    return frozenset(row["acronym"] for row in rows if row.get("kind") != "desk")
