"""The catalogues of staff as they stand in the repository, and what is amiss in one."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app.translating.catalogues import TRANSLATIONS
from tests.languages.catalogues import ROOT

EXTRACTION = (
    "pybabel extract -F translations/babel-staff.cfg -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2"
    " -c Translators: --add-location=file --sort-output --omit-header -o translations/staff.body app"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")
"""What pages put in, `%(name)s`, and what their scripts do, `{name}`."""

LOOSE_MARK = re.compile(r" (?:[:;?!»]|%%)|« ")
"""A French mark that may slip to the next line, away from its word."""


def extract(body: Path) -> None:
    """Write the template's body, as the code is today, to this file."""
    arguments = shlex.split(EXTRACTION.replace("translations/staff.body", str(body)))[1:]
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


@cache
def catalogue(code: str) -> Catalog:
    with (TRANSLATIONS / code / "LC_MESSAGES" / "staff.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def messages(catalogue: Catalog) -> list[Message]:
    """All but the header."""
    return [message for message in catalogue if message.id]


def source(message: Message) -> str:
    """The English text by which a message is named: of two forms the first."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """What is said for it, one text for each form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def faults(template: Catalog, catalogue: Catalog) -> list[str]:
    """What is amiss, each with the English text that it is about."""
    left_over = set(map(_key, messages(catalogue))) - set(map(_key, messages(template)))
    found = [f"not in the code: {text!r}" for text, _context in left_over]
    for message in messages(template):
        said = catalogue.get(source(message), message.context)
        found += [f"{fault}: {source(message)!r}" for fault in _faults_of(message, said, catalogue.num_plurals)]
    return sorted(found)


def _key(message: Message) -> tuple[str, str]:
    return source(message), message.context or ""


def _faults_of(message: Message, said: Message | None, plurals: int) -> Iterator[str]:
    if said is None or not any(text.strip() for text in forms(said)):
        yield "untranslated"
        return
    if said.fuzzy:
        yield "fuzzy"
    if message.pluralizable != said.pluralizable or len(forms(said)) != (plurals if message.pluralizable else 1):
        yield "other plural forms"
    elif not all(text.strip() for text in forms(said)):
        yield "a plural form is empty"
    if not _fills_the_same(message, said):
        yield "other placeholders"
    if source(message).strip() != ":" and any(_margins(text) != _margins(source(message)) for text in forms(said)):
        yield "other spaces around it"


def _fills_the_same(message: Message, said: Message) -> bool:
    """Whether the last form takes what the English plural does; any before it may also be as the singular is."""
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    one, many = _placeholders(english[0]), _placeholders(english[-1])
    *before, last = map(_placeholders, forms(said))
    return last == many and all(names in (one, many) for names in before)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _margins(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()
