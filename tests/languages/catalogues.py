"""The citizens' catalogues as they stand in the repository, not as they were compiled last."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo

from app import language
from app.translating.catalogues import ORDERS, TRANSLATED, catalogue, placeholders, template, translations

ROOT = Path(__file__).parents[2]
COUNTRIES = sorted((ROOT / "app" / "directory" / "data").glob("??.toml"))

NUMBERS = (*range(1_100), 1_000_000, 1_000_001, 2_000_000)
"""Numbers that need every plural form that any language has."""


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
