"""The citizens' catalogues as they stand in the repository, not as they were compiled last."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app import language
from app.language import CITIZEN_LANGUAGES, SOURCE

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "translations"
COUNTRIES = sorted((ROOT / "app" / "directory" / "data").glob("??.toml"))

TRANSLATED = tuple(code for code in CITIZEN_LANGUAGES if code != SOURCE)
UCS2 = frozenset({"hi", "mr", "ta", "te"})
"""Languages whose script forces UCS-2: 70 characters in a text, 67 in each of several."""

SIGNED = ("# Draft: not yet signed off by a speaker at a partner organisation.", "# Signed off: ")

ORDERS = re.compile(r"\b(?:STATUS|READ|STOP|START|HELP|DELETE|MY DATA)\b")
"""What people must type, in every language."""

NUMBERS = (*range(1_100), 1_000_000, 1_000_001, 2_000_000)
"""Numbers that need every plural form that any language has."""


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
    return {message.id: message.string for message in catalogue(code) if message.id}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def compiled(code: str) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue(code))
    return file.getvalue()


@contextmanager
def spoken_as_they_stand(folder: Path) -> Iterator[None]:
    """Meanwhile `say` speaks from these catalogues, compiled into this empty folder."""
    for code in TRANSLATED:
        target = folder / code / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True)
        target.write_bytes(compiled(code))
    kept, language.CATALOGUES = language.CATALOGUES, folder
    language._catalogue.cache_clear()
    try:
        yield
    finally:
        language.CATALOGUES = kept
        language._catalogue.cache_clear()


def untranslated(code: str) -> set[str]:
    """The messages that are missing, empty, left over or a guess."""
    said = translations(code)
    guesses = {message.id for message in catalogue(code) if message.id and message.fuzzy}
    return (said.keys() ^ template()) | {text for text, words in said.items() if not words.strip()} | guesses


def with_other_placeholders(code: str) -> set[str]:
    """The translations whose placeholders are not those of the source."""
    return {text for text, said in translations(code).items() if placeholders(said) != placeholders(text)}


def with_other_orders(code: str) -> set[str]:
    """The translations that do not name the same words to type as the source."""
    said = translations(code).items()
    return {text for text, words in said if set(ORDERS.findall(words)) != set(ORDERS.findall(text))}


def plural_forms(code: str) -> tuple[list[str], list[str]]:
    """The form of each of NUMBERS in the catalogue, and in CLDR, as Babel ships it; they must agree.

    The catalogue's forms stand in the order in which CLDR names them.
    """
    rule = Locale.parse(code).plural_form
    forms = [tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in {*rule.tags, "other"}]
    spoken = gettext.GNUTranslations(io.BytesIO(compiled(code)))
    known = [*forms, *["none"] * catalogue(code).num_plurals]
    return [known[spoken.plural(n)] for n in NUMBERS], [rule(n) for n in NUMBERS]


def sign_off(code: str) -> str | None:
    """The line of the catalogue's header that says whether a speaker signed it off."""
    lines = (
        f"# {line}" if not line.startswith("#") else line for line in catalogue(code).header_comment.splitlines()
    )
    return next((line for line in lines if line.startswith(SIGNED)), None)
