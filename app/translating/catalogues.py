"""The citizens' catalogues as their files stand, and what every translation must have in common with its source."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app import language
from app.language import CITIZEN_LANGUAGES, SOURCE

TRANSLATIONS = language.CATALOGUES
TRANSLATED = tuple(code for code in CITIZEN_LANGUAGES if code != SOURCE)

UCS2 = frozenset({"hi", "mr", "ta", "te"})
"""Languages whose script forces UCS-2: 70 characters in a text, 67 in each of several."""

DRAFT = "# Draft: not yet signed off by a speaker at a partner organisation."
SIGNED = (DRAFT, "# Signed off: ")

ORDERS = re.compile(r"\b(?:STATUS|READ|STOP|START|HELP|DELETE|MY DATA|HOW|LANGUAGE|CALL ME)\b")
"""What people must type, in every language."""


@cache
def catalogue(code: str) -> Catalog:
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


@cache
def places() -> dict[str, frozenset[str]]:
    """The messages to translate, each with the files it stands in."""
    with (TRANSLATIONS / "messages.pot").open("rb") as file:
        found = [message for message in read_po(file) if message.id]
    return {message.id: frozenset(path for path, _ in message.locations) for message in found}


def template() -> frozenset[str]:
    return frozenset(places())


@cache
def translations(code: str) -> dict[str, str]:
    """By its English, what the catalogue says."""
    return {message.id: message.string for message in catalogue(code) if message.id}


def placeholders(text: str) -> set[str]:
    """The names of its gaps; raises ValueError where its braces are none."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def sign_off(code: str) -> str | None:
    """The line of the catalogue's header that says whether a speaker signed it off."""
    lines = (
        f"# {line}" if not line.startswith("#") else line for line in catalogue(code).header_comment.splitlines()
    )
    return next((line for line in lines if line.startswith(SIGNED)), None)
