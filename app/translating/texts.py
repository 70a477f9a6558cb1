"""Every message as it goes out to a phone, and what those that go out unasked must not say."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from itertools import chain
from pathlib import Path

from app.directory.catalogue import Directory
from app.language import say
from app.outbox import wording
from app.translating.catalogues import places
from app.understanding.fold import fold, words_of

PAGES = ("app/channels/web/", "app/open_data/")
"""Read on pages and posters only, so of any length and in all letters."""

MENU = "app/conversation/menu/"
READ_BY_PARTNERS = "app/intake/erasing.py"
"""Menu screens have a limit of their own: `sizes.screens`."""

REFERENCE = "ZA-7W3K9QX"

LONGEST = {
    **{"reference": REFERENCE, "example": REFERENCE, "state": "", "choices": "", "country": "South Africa"},
    **{"partner": "PFAG", "number": "+254711222333", "most": "100", "day": "23 November 2026"},
    **{"title": "", "question": "", "place": "Prestea-Huni Valley"},
    **{"reports": "12", "texts": "123", "spoken": "Bahasa Indonesia", "later": "yes", "order": "NO 4"},
}
"""A value for every placeholder."""

BANNED = tomllib.loads(Path(__file__).with_name("banned_words.toml").read_text(encoding="utf-8"))


def sent_to_phones(*elsewhere: str) -> list[str]:
    """The messages of text messages and menus, without those that stand only in these folders."""
    unsent = (*PAGES, READ_BY_PARTNERS, *elsewhere)
    return [text for text, files in places().items() if not all(file.startswith(unsent) for file in files)]


def unprompted(code: str) -> list[str]:
    """The messages that reach a phone without its owner having just asked for them."""
    updates = (wording.update(code, REFERENCE, status) for status in wording.STATES)
    notices = (say(code, wording.ANSWER_WAITS, reference=REFERENCE), say(code, wording.NOTICE))
    missing = (say(code, text, reference=REFERENCE) for text in wording.MISSING.values())
    return [wording.acknowledgment(code, REFERENCE), *notices, *updates, *missing]


def shortest(code: str) -> frozenset[str]:
    """Those that take one part in every script."""
    return frozenset(
        {wording.acknowledgment(code, REFERENCE), say(code, wording.ANSWER_WAITS, reference=REFERENCE)}
    )


def texts(code: str) -> list[str]:
    """Every message as it goes out, with its longest values; questions are measured apart."""
    states = (wording.state(code, REFERENCE, status) for status in wording.STATES)
    parts = {wording.QUESTION, wording.QUESTION_AGAIN, wording.UPDATE, wording.STATE}
    parts |= {*wording.SECTORS.values(), *wording.STATES.values(), *wording.MISSING.values()}
    fixed = (say(code, t, **LONGEST) for t in sent_to_phones(MENU) if t not in parts)
    return [*unprompted(code), *states, *fixed]


def questions(code: str) -> list[str]:
    """What is asked with every sector to choose from, at first and again."""
    return [wording.question(code, list(wording.SECTORS), again) for again in (False, True)]


def banned(code: str, text: str, partners: frozenset[str]) -> set[str]:
    """The words of this text that those who look on must not read; `partners` are names that are banned too."""
    return {word for word in words_of(text) if any(fnmatchcase(word, p) for p in patterns(code, partners))}


def partner_names(directory: Directory) -> frozenset[str]:
    """Of the partners that people's reports may go to."""
    return frozenset(one.acronym for one in directory.partners if one.country and one.kind != "desk")


@cache
def patterns(code: str, partners: frozenset[str]) -> tuple[str, ...]:
    names = chain.from_iterable(map(words_of, sorted(partners)))
    return tuple(map(fold, (*BANNED["everywhere"], *BANNED["languages"].get(code, ()), *names)))
