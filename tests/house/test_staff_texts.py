"""Every text of staff is said, and said whole, in each of their languages; see docs/translating.md."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app.language import SOURCE, STAFF_LANGUAGES
from app.translating.catalogues import TRANSLATIONS
from tests.languages.catalogues import ROOT
from tests.languages.staff import EXTRACTION, LOOSE_MARK, catalogue, extract, faults, forms, messages, source

TRANSLATED = tuple(code for code in STAFF_LANGUAGES if code != SOURCE)
EXTRACTED = {"_", "gettext", "ngettext", "pgettext", "lazy_gettext", "lazy_ngettext", "lazy_pgettext"}
"""The names of calls whose texts are extracted: Babel's own, and those of the command."""

each_translation = pytest.mark.parametrize("code", TRANSLATED)


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as the code is at this moment, whatever `make messages` wrote last."""
    path = tmp_path_factory.mktemp("extracted") / "staff.body"
    extract(path)
    return path


@pytest.fixture(scope="module")
def said_today(body: Path) -> Catalog:
    with body.open("rb") as file:
        return read_po(file)


def test_the_template_of_staff_is_what_the_code_says_today(body: Path) -> None:
    fresh = (TRANSLATIONS / "header.txt").read_bytes() + body.read_bytes()
    assert (TRANSLATIONS / "staff.pot").read_bytes() == fresh, "run `make messages`, then translate"


def test_the_guide_for_translators_names_the_extraction_of_staffs_texts() -> None:
    guide = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
    assert EXTRACTION in " ".join(guide.replace("\\\n", " ").split())


def test_every_name_by_which_texts_are_marked_is_extracted() -> None:
    """Under another name a text never reaches a translator, and no test would miss it."""
    assert {name for path in (ROOT / "app").rglob("*.py") for name in _marks(path)} <= EXTRACTED


def _marks(path: Path) -> set[str]:
    """The names by which this file calls Flask-Babel's functions for texts."""
    imports = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom))
    names = (name for node in imports if node.module == "flask_babel" for name in node.names)
    return {name.asname or name.name for name in names if name.name.endswith("gettext")}


@each_translation
def test_every_text_of_staff_is_translated_whole(code: str, said_today: Catalog) -> None:
    amiss = faults(said_today, catalogue(code))
    assert not amiss, "\n".join(["translate these, see docs/translating.md:", *amiss])


@each_translation
def test_every_text_of_staff_can_be_formatted(code: str) -> None:
    """Templates format each text they say, so a bare per cent sign in one breaks its whole page."""
    for message in messages(catalogue(code)):
        said = " ".join(forms(message))
        assert bool(said % defaultdict(int)) == bool(said)


def test_french_keeps_its_marks_with_their_words() -> None:
    """The space between them is U+00A0, so that no line of a narrow screen begins with a mark."""
    loose = [message for message in messages(catalogue("fr")) if any(map(LOOSE_MARK.search, forms(message)))]
    assert [source(message) for message in loose] == []


def test_a_new_text_that_nobody_translated_is_named() -> None:
    assert faults(_says("Just added"), _says()) == ["untranslated: 'Just added'"]
    assert faults(_says("Just added"), _says(("Just added", ""))) == ["untranslated: 'Just added'"]


def test_a_text_that_the_code_says_no_more_is_named() -> None:
    assert faults(_says(), _says(("Long gone", "Parti"))) == ["not in the code: 'Long gone'"]


def test_a_guess_is_named() -> None:
    guessed = _says()
    guessed.add("Opened", "Ouvert", flags=["fuzzy"])
    assert faults(_says("Opened"), guessed) == ["fuzzy: 'Opened'"]


@pytest.mark.parametrize("said", ["Fait le %(date)s", "Fait", "Fait le {day}", "Fait le %(day)s par {name}"])
def test_other_placeholders_than_the_sources_are_named(said: str) -> None:
    assert faults(_says("Done on %(day)s"), _says(("Done on %(day)s", said))) == [
        "other placeholders: 'Done on %(day)s'"
    ]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (("%(num)d mot", ""), "a plural form is empty"),
        (("%(num)d mot",), "other plural forms"),
        (("%(num)d mot", "mots"), "other placeholders"),
    ],
)
def test_a_missing_plural_form_is_named(said: tuple[str, ...], fault: str) -> None:
    words = ("%(num)d word", "%(num)d words")
    template, french = Catalog(), Catalog(locale="fr")
    template.add(words)
    french.add(words, said)
    assert f"{fault}: '%(num)d word'" in faults(template, french)


@pytest.mark.parametrize(
    ("several", "amiss"), [("dans %(num)d jours", []), ("plus tard", ["other placeholders: 'tomorrow'"])]
)
def test_only_a_singular_may_say_its_number_in_words(several: str, amiss: list[str]) -> None:
    words = ("tomorrow", "in %(num)d days")
    template, french = Catalog(), Catalog(locale="fr")
    template.add(words)
    french.add(words, ("demain", several))
    assert faults(template, french) == amiss


def test_a_lost_space_at_an_end_is_named() -> None:
    assert faults(_says(" and more"), _says((" and more", "et plus"))) == ["other spaces around it: ' and more'"]


def _says(*texts: str | tuple[str, str]) -> Catalog:
    """A French catalogue with these texts, each alone or with its translation."""
    said = Catalog(locale="fr")
    for text in texts:
        said.add(text) if isinstance(text, str) else said.add(*text)
    return said
